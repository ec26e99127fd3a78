// Reads calendars with ical.js (Thunderbird, Nextcloud), zone rules taken from the file alone.
import { readFileSync } from "node:fs";
import { input, output, require, utc } from "./packages.mjs";

const ICAL = require("ical.js");

const moment = (time) => (time.isDate ? time.toString() : utc(time.toJSDate()));

function read(path) {
  // Zones that an earlier file defined would hide that this one does not.
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid ?? "",
      start: moment(event.startDate),
      end: moment(event.endDate),
      summary: event.summary ?? "",
      location: event.location ?? "",
      description: event.description ?? "",
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
