// Where ids come from: minecraft-data, a table file, or Mojang's own report. Each source gives a Map from
// "play clientbound JoinGame" to the id.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKETS } from './packets.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const MINECRAFT_DATA = path.join(HERE, 'node_modules/minecraft-data/minecraft-data/data');

/** Something that the user can put right; shown without a stack trace. */
export class UserError extends Error {}

/** The ids of one protocol as minecraft-data's directory has them. */
export function fromMinecraftData(protocol, directory) {
  const paths = readJson(path.join(MINECRAFT_DATA, 'dataPaths.json')).pc[directory];
  if (!paths) throw new UserError(`minecraft-data has no directory ${directory}; see versions.mjs`);
  const description = readJson(path.join(MINECRAFT_DATA, paths.protocol, 'protocol.json'));
  const ids = new Map();
  for (const [place, rows] of Object.entries(PACKETS)) {
    const [state, direction] = place.split(' ');
    const types = description[state === 'handshake' ? 'handshaking' : state]?.[direction === 'clientbound' ? 'toClient' : 'toServer']?.types;
    // A packet is a container of a name, mapped from the id, and of the parameters.
    const names = new Map(Object.entries(types?.packet?.[1][0].type[1].mappings ?? {}).map(([id, name]) => [name, Number(id)]));
    for (const [packet, , theirs, range] of rows) {
      if (range && (protocol < range.since || protocol > range.upTo)) continue;
      const found = [theirs].flat().filter((name) => names.has(name));
      if (found.length > 1) throw new Error(`${place} ${packet} has two names in minecraft-data ${directory}: ${found}`);
      if (found.length === 1) ids.set(`${place} ${packet}`, names.get(found[0]));
    }
  }
  return ids;
}

/** The versions of a table file, oldest first: {protocol, name, changes: Map from packet to id, null where removed}. */
export function readTable(file) {
  const versions = [];
  fs.readFileSync(file, 'utf8').split('\n').forEach((raw, index) => {
    const line = raw.replace(/#.*/, '').trim();
    if (line === '') return;
    const fail = (message) => {
      throw new UserError(`${file}:${index + 1}: ${message}`);
    };
    const version = line.match(/^version\s+(\d+)\s+(\S+)$/);
    if (version) {
      const protocol = Number(version[1]);
      if (versions.some((other) => other.protocol >= protocol)) fail(`protocol ${protocol} stands after a newer one`);
      versions.push({ protocol, name: version[2], changes: new Map() });
      return;
    }
    const packet = line.match(/^(\w+ \w+ \w+):((?:\s+\d+=(?:x|0x[0-9A-Fa-f]+))+)$/);
    if (!packet) fail(`not a line of a table: ${line}`);
    if (!isNamed(packet[1])) fail(`packets.mjs does not name ${packet[1]}`);
    for (const change of packet[2].trim().split(/\s+/)) {
      const [protocol, id] = change.split('=');
      const target = versions.find((other) => other.protocol === Number(protocol));
      if (!target) fail(`no version line for protocol ${protocol} above this line`);
      target.changes.set(packet[1], id === 'x' ? null : Number(id));
    }
  });
  return versions;
}

/** The ids in reports/packets.json, which Mojang's server prints for itself. */
export function fromReport(file) {
  let report;
  try {
    report = readJson(file);
  } catch (e) {
    throw new UserError(`${file}: cannot be read as JSON: ${e.message}`);
  }
  const ids = new Map();
  for (const [place, rows] of Object.entries(PACKETS)) {
    const [state, direction] = place.split(' ');
    const packets = report[state]?.[direction];
    if (!packets) throw new UserError(`${file}: has no ${state}.${direction}; is it reports/packets.json of the server?`);
    for (const [packet, theirs] of rows) {
      const id = theirs && packets[`minecraft:${theirs}`]?.protocol_id;
      if (Number.isInteger(id)) ids.set(`${place} ${packet}`, id);
    }
  }
  return ids;
}

/** What turns the ids of the earlier version into those of the later one. */
export function difference(earlier, later) {
  const changes = new Map();
  for (const packet of everyPacket()) {
    const id = later.get(packet);
    if (id !== earlier.get(packet)) changes.set(packet, id ?? null);
  }
  return changes;
}

export function applied(ids, changes) {
  const result = new Map(ids);
  for (const [packet, id] of changes) {
    if (id === null) result.delete(packet);
    else result.set(packet, id);
  }
  return result;
}

/** Every packet that packets.mjs names, in its order. */
export function everyPacket() {
  return Object.entries(PACKETS).flatMap(([place, rows]) => rows.map(([packet]) => `${place} ${packet}`));
}

export const change = (protocol, id) => `${protocol}=${id === null ? 'x' : hex(id)}`;

function isNamed(packet) {
  return everyPacket().includes(packet);
}

function hex(id) {
  return `0x${id.toString(16).toUpperCase().padStart(2, '0')}`;
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
