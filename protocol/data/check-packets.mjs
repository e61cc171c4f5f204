#!/usr/bin/env node
// Reads packets that Nightporter wrote with node-minecraft-protocol, compares each value, and writes them again.
//   node check-packets.mjs packets.json
// packets.json: [{ protocol, state, direction, record, packet, hex, fields: { name: text } }]; prints a JSON object:
// { compared: { packets, values, protocols }, problems: [{ protocol, state, direction, record, problem }] }.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { FIELD_NAMES } from './field-names.mjs';
import { VERSIONS } from './versions.mjs';

const require = createRequire(import.meta.url);
const { createDeserializer, createSerializer } = require('minecraft-protocol');
const nbt = require('prismarine-nbt');

const DIRECTORIES = new Map(VERSIONS.map(([protocol, , directory]) => [protocol, directory]));
const compared = { packets: 0, values: 0, protocols: 0 };
const problems = [];

/** One state and direction of one version. */
class Peer {
  constructor(protocol, state, direction) {
    const version = DIRECTORIES.get(protocol);
    const options = { state: state === 'handshake' ? 'handshaking' : state, version, noErrorLogging: true };
    // node-minecraft-protocol asks whether the one who reads or writes is the server.
    this.deserializer = createDeserializer({ ...options, isServer: direction === 'serverbound' });
    this.serializer = createSerializer({ ...options, isServer: direction === 'clientbound' });
  }

  check(example) {
    const bytes = Buffer.from(example.hex, 'hex');
    const { data, metadata } = this.deserializer.parsePacketBuffer(bytes);
    if (metadata.size !== bytes.length) return `they read ${metadata.size} of ${bytes.length} bytes`;
    for (const [path, value] of leaves(data.params)) {
      const problem = compare(example, path, value);
      if (problem) return problem;
      compared.values++;
    }
    const again = this.serializer.createPacketBuffer({ name: data.name, params: data.params });
    return again.equals(bytes) ? null : `they write ${again.toString('hex')} for our ${example.hex}`;
  }
}

/** Every value in what they read, with its path; values that are not on the wire are left out. */
function* leaves(value, path = '') {
  if (value === undefined && path === '') return;
  if (isPlainObject(value) && !isNbt(value)) {
    // A set of flags is its number, and each flag.
    if ('_value' in value) yield [path, value._value];
    for (const [key, inner] of Object.entries(value)) {
      if (key !== '_value') yield* leaves(inner, path === '' ? key : `${path}.${key}`);
    }
  } else if (Array.isArray(value) && !isLong(value)) {
    for (const [index, inner] of value.entries()) yield* leaves(inner, `${path}.${index}`);
  } else {
    yield [path, value];
  }
}

function compare({ protocol, record, fields }, path, value) {
  const places = [];
  const pattern = path.replace(/(?<=\.)\d+(?=\.|$)/g, (place) => {
    places.push(place);
    return '#';
  });
  const names = FIELD_NAMES[record] ?? {};
  const entry = pattern in names ? names[pattern] : '*' in names && !(path in fields) ? names['*'] : pattern;
  if (entry === null) return null;
  const candidates = [entry].flat().filter((each) => !(each?.until < protocol));
  for (const candidate of candidates) {
    if (candidate === null) return null;
    let place = 0;
    const ours = (candidate.field ?? candidate).replaceAll('#', () => places[place++]);
    if (!(ours in fields)) continue;
    if (value === undefined && candidate.optional) return null;
    const theirs = candidate.values ? candidate.values[value] : value;
    return same(theirs, fields[ours]) ? null : `their ${path} is ${show(value)}, our ${ours} is ${fields[ours]}`;
  }
  // A variant has only some of the fields; theirs are there nevertheless, without a value.
  return value === undefined ? null : `their ${path} (${show(value)}) has no counterpart among our ${Object.keys(fields)}`;
}

function same(theirs, ours) {
  if (theirs === undefined || theirs === null) return ours === 'absent';
  if (isLong(theirs)) return BigInt.asIntN(64, (BigInt(theirs[0] >>> 0) << 32n) | BigInt(theirs[1] >>> 0)).toString() === ours;
  if (Buffer.isBuffer(theirs)) return theirs.toString('hex') === ours || (theirs.length === 0 && ours === 'absent');
  if (isNbt(theirs)) return words(nbt.simplify(theirs)) === ours || nbtHex(theirs) === ours;
  if (typeof theirs === 'number') {
    // Some signed bytes are unsigned in minecraft-data; the byte is the same.
    return theirs === Number(ours) || (Number(ours) < 0 && theirs === Number(ours) + 256);
  }
  if (typeof theirs === 'string') return theirs === ours || theirs === ours.replaceAll('-', '') || jsonWords(theirs) === ours;
  return String(theirs) === ours;
}

function jsonWords(text) {
  try {
    return words(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Without a name since 1.20.2, where theirs has none either. */
function nbtHex(tag) {
  const hex = nbt.writeUncompressed({ name: '', ...tag }).toString('hex');
  return 'name' in tag ? hex : hex.slice(0, 2) + hex.slice(6);
}

const words = (component) => (typeof component === 'string' ? component : component?.text);
const show = (value) => (Buffer.isBuffer(value) ? value.toString('hex') : JSON.stringify(value));
const isLong = (value) => Array.isArray(value) && value.constructor !== Array;
const isNbt = (value) => isPlainObject(value) && typeof value.type === 'string' && 'value' in value;
const isPlainObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);

const peers = new Map();
const protocols = new Set();
for (const example of JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))) {
  const { protocol, state, direction, record } = example;
  if (!DIRECTORIES.has(protocol)) continue;
  const key = `${protocol} ${state} ${direction}`;
  if (!peers.has(key)) peers.set(key, new Peer(protocol, state, direction));
  let problem;
  try {
    problem = peers.get(key).check(example);
  } catch (e) {
    problem = `they cannot read it: ${e.message}`;
  }
  compared.packets++;
  protocols.add(protocol);
  if (problem) problems.push({ protocol, state, direction, record, problem });
}
compared.protocols = protocols.size;
console.log(JSON.stringify({ compared, problems }));
