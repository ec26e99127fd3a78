// Reads calendars into jCal with ical.js.
import { readFileSync } from "node:fs";
import { input, output, require } from "./packages.mjs";

const ICAL = require("ical.js");

output(input().map((path) => ICAL.parse(readFileSync(path, "utf8"))));
