// Loads packages from where tests/run installs them, which is not beside these scripts.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export const require = createRequire(join(process.env.HANDBILL_NODE, "packages.cjs"));

/** The script's arguments: JSON on standard input. */
export const input = () => JSON.parse(readFileSync(0, "utf8"));

/** The script's answer: JSON on standard output. */
export const output = (value) => process.stdout.write(JSON.stringify(value));

/** An instant without its milliseconds. */
export const utc = (date) => date.toISOString().replace(".000Z", "Z");
