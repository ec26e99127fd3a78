// Reads calendars with node-ical (MagicMirror, Node-RED, Homebridge).
import { readFileSync } from "node:fs";
import { input, output, require, utc } from "./packages.mjs";

const nodeIcal = require("node-ical");

const pad = (number) => String(number).padStart(2, "0");

/** node-ical gives a date as local midnight. */
const day = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

/** A property with parameters comes as an object. */
const text = (value) => (typeof value === "object" && value !== null ? value.val : (value ?? ""));

function read(path) {
  const parsed = nodeIcal.sync.parseICS(readFileSync(path, "utf8"));
  return Object.values(parsed)
    .filter((component) => component.type === "VEVENT")
    .map((event) => {
      const moment = event.datetype === "date" ? day : utc;
      return {
        uid: event.uid,
        start: moment(event.start),
        end: moment(event.end),
        summary: text(event.summary),
        location: text(event.location),
        description: text(event.description),
      };
    });
}

output(
  input().map((path) => {
    try {
      return { events: read(path) };
    } catch (error) {
      return { error: String(error) };
    }
  }),
);
