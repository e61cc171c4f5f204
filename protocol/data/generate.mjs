#!/usr/bin/env node
// Writes packet-ids.txt, the table of all packet ids, from minecraft-data and later-versions.txt.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UserError, applied, change, difference, everyPacket, fromMinecraftData, fromReport, readTable } from './sources.mjs';
import { VERSIONS } from './versions.mjs';

const USAGE = `usage: node generate.mjs [--out FILE] [--later FILE]
       node generate.mjs --reports packets.json --version 778 --name 26.4 [--extra FILE]

  --out FILE      where the table goes; the resource of the module unless given
  --later FILE    the versions that minecraft-data does not have; later-versions.txt unless given
  --reports FILE  reports/packets.json, as Mojang's server prints it for a new version
  --version N     its protocol number
  --name NAME     its release, or releases: 26.4, 26.4-26.4.1
  --extra FILE    write a table for the running program (proxy.protocolTables) instead of adding
                  the version to --later and --out`;

const HERE = path.dirname(fileURLToPath(import.meta.url));

function main() {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
    return;
  }
  let versions = [...fromPackage(), ...readTable(options.later)];
  if (options.reports) {
    const added = describe(options, versions);
    if (options.extra) {
      fs.writeFileSync(options.extra, block(added, `Packet ids of ${added.name}, from Mojang's report.`));
      console.error(`wrote ${options.extra}: ${added.changes.size} packets of ${added.name} differ from the version before`);
      return;
    }
    fs.appendFileSync(options.later, `\n${block(added, `${added.name}: from Mojang's report.`)}`);
    versions = [...fromPackage(), ...readTable(options.later)];
  }
  fs.writeFileSync(options.out, table(versions));
  console.error(`wrote ${options.out}: ${versions.length} versions up to ${versions.at(-1).name}`);
}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        out: { type: 'string', default: path.join(HERE, '../src/main/resources/io/nightporter/protocol/version/packet-ids.txt') },
        later: { type: 'string', default: path.join(HERE, 'later-versions.txt') },
        reports: { type: 'string' },
        version: { type: 'string' },
        name: { type: 'string' },
        extra: { type: 'string' },
        help: { type: 'boolean' },
      },
    }));
  } catch (e) {
    throw new UserError(`${e.message}\n${USAGE}`);
  }
  if (values.reports && !(/^\d+$/.test(values.version ?? '') && /^[\w.-]+$/.test(values.name ?? ''))) {
    throw new UserError(`--reports needs the protocol number and the name of the version\n${USAGE}`);
  }
  if (!values.reports && (values.version || values.name || values.extra)) {
    throw new UserError(`--version, --name and --extra go with --reports\n${USAGE}`);
  }
  return values;
}

/** The versions that minecraft-data has, each as its changes from the one before. */
function fromPackage() {
  let ids = new Map();
  return VERSIONS.map(([protocol, name, directory]) => {
    const next = fromMinecraftData(protocol, directory);
    const changes = difference(ids, next);
    ids = next;
    return { protocol, name, changes };
  });
}

/** The version of the report as its changes from the newest one before it. */
function describe(options, versions) {
  const protocol = Number(options.version);
  const newest = versions.at(-1);
  if (protocol <= newest.protocol) {
    throw new UserError(`protocol ${protocol} is not newer than ${newest.protocol} (${newest.name}), the newest in the table`);
  }
  const ids = versions.reduce((earlier, version) => applied(earlier, version.changes), new Map());
  const changes = difference(ids, fromReport(options.reports));
  for (const [packet, id] of changes) {
    if (id === null) console.error(`note: ${packet} is not in the report; if it was renamed, tell packets.mjs the new name`);
    else if (!ids.has(packet)) console.error(`note: ${packet} appears with this version`);
  }
  return { protocol, name: options.name, changes };
}

/** One version as a table of its own. */
function block({ protocol, name, changes }, comment) {
  const lines = [`# ${comment}`, `version ${protocol} ${name}`];
  for (const [packet, id] of changes) lines.push(`${packet}: ${change(protocol, id)}`);
  return `${lines.join('\n')}\n`;
}

/** All versions as one table: a line for each packet. */
function table(versions) {
  const lines = [
    '# Packet ids of every version: PACKET: SINCE-PROTOCOL=ID …, x where a packet is gone from that protocol on.',
    '# Made by protocol/data/generate.mjs, not by hand; docs/new-minecraft-version.md says how to add a version.',
  ];
  for (const { protocol, name } of versions) lines.push(`version ${protocol} ${name}`);
  for (const packet of everyPacket()) {
    const changes = versions.filter(({ changes }) => changes.has(packet)).map(({ protocol, changes }) => change(protocol, changes.get(packet)));
    if (changes.length > 0) lines.push(`${packet}: ${changes.join(' ')}`);
  }
  return `${lines.join('\n')}\n`;
}

try {
  main();
} catch (e) {
  if (!(e instanceof UserError)) throw e;
  console.error(e.message);
  process.exitCode = 2;
}
