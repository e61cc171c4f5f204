#!/usr/bin/env node
// Writes trees of commands as servers do, and tells what is in trees; both with node-minecraft-protocol.
//   node command-trees.mjs write            prints [{ protocol, tree, hex }]: some trees of every version, bodies alone
//   node command-trees.mjs read trees.json  [{ protocol, hex }] → [{ protocol, usages: ["warp <to:minecraft:entity {…}>"] }]
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { VERSIONS } from './versions.mjs';

const require = createRequire(import.meta.url);
const { createDeserializer, createSerializer } = require('minecraft-protocol');

const FIRST = 393;

const literal = (name, children, executable = 1) => ({ type: 1, name, children, executable });
const argument = (name, parser, properties, suggestionType) => ({ type: 2, name, parser, properties, suggestionType, children: [], executable: 1 });

const SMALL = [
  { type: 0, children: [1, 2, 4, 8] },
  literal('stop', []),
  literal('say', [3], 0),
  argument('words', 'brigadier:string', 'GREEDY_PHRASE'),
  literal('warp', [5, 6], 0),
  argument('to', 'minecraft:entity', { unused: 0, onlyAllowPlayers: 1, onlyAllowEntities: 1 }, 'minecraft:ask_server'),
  argument('times', 'brigadier:integer', { flags: { unused: 0, max_present: 1, min_present: 1 }, min: 0, max: 0 }),
  argument('never', 'brigadier:bool'),
  { ...literal('tp', []), redirect: 4 },
];
// More than 127 nodes: their places take two bytes, and with ours the count does too.
const LARGE = [{ type: 0, children: Array.from({ length: 300 }, (_, i) => i + 1) }, ...Array.from({ length: 300 }, (_, i) => literal(`command${i}`, []))];
const JUST_BELOW = [{ type: 0, children: Array.from({ length: 126 }, (_, i) => i + 1) }, ...Array.from({ length: 126 }, (_, i) => literal(`command${i}`, []))];
const ROOT_LAST = { nodes: [literal('stop', []), { type: 0, children: [0] }], rootIndex: 1 };
const TREES = {
  small: { nodes: SMALL, rootIndex: 0 },
  large: { nodes: LARGE, rootIndex: 0 },
  justBelow: { nodes: JUST_BELOW, rootIndex: 0 },
  bare: { nodes: [{ type: 0, children: [] }], rootIndex: 0 },
  rootLast: ROOT_LAST,
};

function write() {
  const written = [];
  for (const [protocol, , version] of VERSIONS.filter(([protocol]) => protocol >= FIRST)) {
    const serializer = createSerializer({ state: 'play', isServer: true, version, noErrorLogging: true });
    for (const [tree, { nodes, rootIndex }] of Object.entries(TREES)) {
      const packet = serializer.createPacketBuffer({ name: 'declare_commands', params: { nodes: nodes.map(toTheirs), rootIndex } });
      // The id is one byte in every version.
      written.push({ protocol, tree, hex: packet.subarray(1).toString('hex') });
    }
  }
  return written;
}

function toTheirs({ type, name, parser, properties, suggestionType, children, executable, redirect }) {
  return {
    flags: {
      unused: 0,
      allows_restricted: 0,
      has_custom_suggestions: suggestionType ? 1 : 0,
      has_redirect_node: redirect === undefined ? 0 : 1,
      has_command: executable ?? 0,
      command_node_type: type,
    },
    children,
    redirectNode: redirect,
    extraNodeData: { name, parser, properties, suggestionType },
  };
}

function read(file) {
  const peers = new Map();
  return JSON.parse(fs.readFileSync(file, 'utf8')).map(({ protocol, hex }) => {
    if (!peers.has(protocol)) peers.set(protocol, peer(protocol));
    const { id, deserializer } = peers.get(protocol);
    const bytes = Buffer.concat([id, Buffer.from(hex, 'hex')]);
    const { data, metadata } = deserializer.parsePacketBuffer(bytes);
    if (metadata.size !== bytes.length) throw new Error(`they read ${metadata.size} of ${bytes.length} bytes`);
    const { nodes, rootIndex } = data.params;
    return { protocol, usages: [...usages(nodes, nodes[rootIndex], '')].sort() };
  });
}

/** Who reads trees of this version, and the id with which they begin as packets. */
function peer(protocol) {
  const [, , version] = VERSIONS.find(([number]) => number === protocol);
  const serializer = createSerializer({ state: 'play', isServer: true, version });
  const id = serializer.createPacketBuffer({ name: 'declare_commands', params: { nodes: [], rootIndex: 0 } }).subarray(0, 1);
  return { id, deserializer: createDeserializer({ state: 'play', version, noErrorLogging: true }) };
}

/** Every line that is a command, and every redirection. */
function* usages(nodes, node, line) {
  const { name, parser, properties, suggestionType } = node.extraNodeData ?? {};
  const word = parser ? `<${[name, parser, properties && JSON.stringify(properties), suggestionType].filter(Boolean).join(' ')}>` : name;
  const soFar = word ? `${line} ${word}`.trim() : line;
  if (node.flags.has_command) yield soFar;
  if (node.flags.has_redirect_node) yield `${soFar} -> ${nodes[node.redirectNode].extraNodeData.name}`;
  for (const child of node.children) yield* usages(nodes, nodes[child], soFar);
}

const [, , mode, file] = process.argv;
console.log(JSON.stringify(mode === 'write' ? write() : read(file)));
