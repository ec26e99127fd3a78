// Reads feeds with rss-parser or feedsmith and prints the titles of their entries.
import { readFileSync } from "node:fs";
import { input, output, require } from "./packages.mjs";

/** The outlines that are feeds, out of their groups. */
const listed = (outlines = []) =>
  outlines.flatMap((outline) => [...(outline.xmlUrl ? [outline] : []), ...listed(outline.outlines)]);

const readers = {
  "rss-parser": async (content) => {
    const Parser = require("rss-parser");
    const feed = await new Parser().parseString(content);
    return feed.items.map((item) => item.title);
  },
  feedsmith: async (content) => {
    const { parseFeed, parseOpml } = require("feedsmith");
    if (content.includes("<opml")) {
      return listed(parseOpml(content).body.outlines).map((outline) => outline.text);
    }
    const { feed } = parseFeed(content);
    const text = (title) => (typeof title === "object" && title !== null ? title.value : title);
    return (feed.items ?? feed.entries ?? []).map((item) => text(item.title));
  },
};

const { reader, paths } = input();
const results = [];
for (const path of paths) {
  try {
    results.push({ titles: await readers[reader](readFileSync(path, "utf8")) });
  } catch (error) {
    results.push({ error: String(error) });
  }
}
output(results);
