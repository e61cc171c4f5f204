#!/usr/bin/env node
// Writes what the void world tells clients of the game: registries and tags of every version from 1.16 on.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { named, nameless } from './nbt-values.mjs';
import { CODECS, CONFIGURATIONS, codec, configuration, tags } from './registries.mjs';
import { UserError } from './sources.mjs';

const USAGE = `usage: node generate-registries.mjs [--out DIRECTORY] [--jars DIRECTORY] [--offline]

  --out DIRECTORY   where the files go; the resources of the module unless given
  --jars DIRECTORY  where the jars of net.minestom:data are, or go when Maven has to get them;
                    a directory below the system's temporary one unless given
  --offline         only the versions for which no jar is needed, which are those up to 1.20.4`;

const HERE = path.dirname(fileURLToPath(import.meta.url));

function main() {
  const { out, jars, offline, help } = readOptions();
  if (help) {
    console.log(USAGE);
    return;
  }
  fs.mkdirSync(out, { recursive: true });
  fs.mkdirSync(jars, { recursive: true });
  const write = (name, bytes) => fs.writeFileSync(path.join(out, name), bytes);
  for (const [protocol, directory] of CODECS) {
    const { registries, dimension } = codec(protocol, directory);
    write(`codec-${protocol}.nbt`, protocol < 764 ? named(registries) : nameless(registries));
    if (dimension) write(`dimension-${protocol}.nbt`, named(dimension));
  }
  for (const version of offline ? [] : CONFIGURATIONS) {
    const registries = configuration(version, jars);
    const bytes = Buffer.concat([tagsOnWire(tags(version, registries, jars)), ...[...registries].map(registryOnWire)]);
    write(`configuration-${version.protocol}.bin.gz`, zlib.gzipSync(bytes, { level: 9 }));
    console.error(`${version.protocol}: ${registries.size} registries, ${bytes.length} bytes`);
  }
  console.error(`wrote ${out}`);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        out: { type: 'string', default: path.join(HERE, '../src/main/resources/io/nightporter/protocol/voidworld') },
        jars: { type: 'string', default: path.join(os.tmpdir(), 'nightporter-minestom-data') },
        offline: { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (e) {
    throw new UserError(`${e.message}\n${USAGE}`);
  }
}

/** The body of UpdateTags. */
function tagsOnWire(registries) {
  return list([...registries], ([registry, tags]) =>
    Buffer.concat([text(registry), list([...tags], ([tag, places]) => Buffer.concat([text(tag), list(places, varint)]))]),
  );
}

/** The body of RegistryData as it is from 1.20.5 on. */
function registryOnWire([registry, entries]) {
  const entry = ([name, tag]) => Buffer.concat([text(name), tag ? Buffer.concat([Buffer.of(1), nameless(tag)]) : Buffer.of(0)]);
  return Buffer.concat([text(registry), list([...entries], entry)]);
}

function list(elements, write) {
  return Buffer.concat([varint(elements.length), ...elements.map((element) => write(element))]);
}

function text(value) {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([varint(bytes.length), bytes]);
}

function varint(value) {
  const bytes = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return Buffer.of(...bytes, rest);
}

try {
  main();
} catch (e) {
  if (!(e instanceof UserError)) throw e;
  console.error(e.message);
  process.exitCode = 2;
}
