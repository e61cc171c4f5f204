// NBT as prismarine-nbt has it: from JSON, and to bytes.
import { createRequire } from 'node:module';

const nbt = createRequire(import.meta.url)('prismarine-nbt');

/** A tag as bytes, with the empty name that the wire has until 1.20.1. */
export function named(tag) {
  return nbt.writeUncompressed({ ...tag, name: '' });
}

/** A tag as bytes, without a name, as on the wire from 1.20.2 on. */
export function nameless(tag) {
  const bytes = named(tag);
  return Buffer.concat([bytes.subarray(0, 1), bytes.subarray(3)]);
}

/** A JSON value as the game would turn it into NBT. Its codecs take any type of number for any other. */
export function fromJson(value) {
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value === 'boolean') return { type: 'byte', value: value ? 1 : 0 };
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? { type: 'int', value } : { type: 'double', value };
  if (Array.isArray(value)) return listOf(value.map(fromJson));
  return { type: 'compound', value: Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromJson(inner)])) };
}

function listOf(tags) {
  const types = new Set(tags.map(({ type }) => type));
  if (types.size === 2 && types.has('int') && types.has('double')) {
    return { type: 'list', value: { type: 'double', value: tags.map(({ value }) => value) } };
  }
  if (types.size > 1) throw new Error(`a list of ${[...types].join(' and ')}, which NBT does not have`);
  return { type: 'list', value: { type: tags[0]?.type ?? 'end', value: tags.map(({ value }) => value) } };
}
