// Artifacts of Maven repositories, by way of Maven itself, and what is in them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { UserError } from './sources.mjs';

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy';

/** The JSON files in the jar of an artifact, read when they are asked for: by name without the ending. */
export function jsonOf(group, artifact, version, directory) {
  const jar = path.join(directory, `${artifact}-${version}.jar`);
  if (!fs.existsSync(jar)) {
    try {
      execFileSync('mvn', ['-B', '-q', COPY, `-Dartifact=${group}:${artifact}:${version}`, `-DoutputDirectory=${directory}`], { stdio: ['ignore', 'inherit', 'inherit'] });
    } catch (e) {
      throw new UserError(`Maven cannot get ${group}:${artifact}:${version}: ${e.message}`);
    }
  }
  const entries = entriesOf(fs.readFileSync(jar));
  return (name) => (entries.has(`${name}.json`) ? JSON.parse(entries.get(`${name}.json`)()) : undefined);
}

/** From the central directory of a zip file: the files below the package of the artifact, or at the top. */
function entriesOf(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const header = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength).replace('net/minestom/data/', '');
    entries.set(name, () => {
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      const data = zip.subarray(start, start + size);
      return (method === 0 ? data : zlib.inflateRawSync(data)).toString('utf8');
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
