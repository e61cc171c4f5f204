// What a client must be told of the game before it can stand in a world: from minecraft-data, and from the artifact
// net.minestom:data for the versions of which minecraft-data has nothing, or only names.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonOf } from './jar.mjs';
import { fromJson } from './nbt-values.mjs';

const MINECRAFT_DATA = path.join(path.dirname(fileURLToPath(import.meta.url)), 'node_modules/minecraft-data/minecraft-data/data/pc');

/** Until 1.20.4 registries are one tag: the first protocol with each, and minecraft-data's directory. */
export const CODECS = [
  [735, '1.16'],
  [751, '1.16.2'],
  [755, '1.17'],
  [757, '1.18'],
  [758, '1.18.2'],
  [759, '1.19'],
  [760, '1.19.2'],
  [762, '1.19.4'],
  [763, '1.20'],
  [764, '1.20.2'],
];

/**
 * From 1.20.5 on: the first protocol, the directory of minecraft-data that has the registries, and the version of the
 * artifact that has the tags, and the registries where there is no directory. minecraft-data's 1.21.9 is a copy of its
 * 1.21.1. An artifact without tags of all registries is passed over: names that a client does not know do no harm.
 */
export const CONFIGURATIONS = [
  { protocol: 766, directory: '1.20.5', artifact: '1.21-rv4' },
  { protocol: 767, directory: '1.21.1', artifact: '1.21-rv4' },
  { protocol: 768, directory: '1.21.3', artifact: '1.21.3-rv2' },
  // Enchantments are not JSON in this artifact.
  { protocol: 769, artifact: '1.21.4-rv2', borrowed: { directory: '1.21.3', registries: ['enchantment'] } },
  { protocol: 770, artifact: '1.21.5-rv2' },
  { protocol: 771, artifact: '1.21.8-rv1' },
  { protocol: 773, artifact: '1.21.10-rv3' },
  { protocol: 774, directory: '1.21.11', artifact: '1.21.11-rv2' },
  { protocol: 775, directory: '26.1', artifact: '26.1.2-rv1' },
  { protocol: 776, artifact: '26.2-rv3' },
  // Nobody has published the content of what 26.3 added, so there are only names.
  {
    protocol: 777,
    artifact: '26.2-rv3',
    added: {
      'worldgen/biome': 'dappled_forest',
      block_transformer: 'axe hoe shovel',
      decorated_pot_pattern:
        'angler archer arms_up blade brewer burn danger explorer flow friend guster heart heartbreak howl miner mourner plenty prize scrape sheaf shelter skull snort',
      'worldgen/block_state_provider':
        'cave_vines_body cave_vines_head flower_flower_forest flower_meadow flower_plain mangrove_propagule podzol_beneath_tree soil_beneath_tree',
    },
  },
];

/** The registries that servers tell clients, with the names that older artifacts have for them. */
const SYNCHRONIZED = {
  'worldgen/biome': 'biomes',
  chat_type: 'chat_types',
  trim_pattern: 'trim_patterns',
  trim_material: 'trim_materials',
  wolf_variant: 'wolf_variants',
  wolf_sound_variant: null,
  pig_variant: null,
  pig_sound_variant: null,
  frog_variant: null,
  cat_variant: null,
  cat_sound_variant: null,
  cow_variant: null,
  cow_sound_variant: null,
  chicken_variant: null,
  chicken_sound_variant: null,
  zombie_nautilus_variant: null,
  painting_variant: 'painting_variants',
  dimension_type: 'dimension_types',
  damage_type: 'damage_types',
  banner_pattern: 'banner_patterns',
  enchantment: 'enchantments',
  jukebox_song: 'jukebox_songs',
  instrument: 'instruments',
  sulfur_cube_archetype: null,
  dialog: null,
  world_clock: null,
  timeline: null,
};

/** Since 1.21.5, and in no artifact. */
const TEST_REGISTRIES_SINCE = 770;

/** Registries whose tags clients have to know the names of; each client has all of them. */
const TAGGED = [
  'block',
  'item',
  'fluid',
  'entity_type',
  'game_event',
  'damage_type',
  'banner_pattern',
  'instrument',
  'painting_variant',
  'potion',
  'enchantment',
  'dialog',
  'timeline',
  'worldgen/biome',
];

/** Registries whose tags are told with what they contain: water is wet and the sun moves. */
const FILLED = ['fluid', 'timeline'];
const FLUIDS = ['empty', 'flowing_water', 'water', 'flowing_lava', 'lava'];

/** The registries of 1.16 to 1.20.4 as a tag with just what a client needs, and the dimension that 1.16.2 to 1.18.2 want. */
export function codec(protocol, directory) {
  const login = loginPacket(directory);
  const registries = {};
  for (const [name, registry] of Object.entries(login.dimensionCodec.value)) {
    registries[name] = protocol < 751 ? registry : { type: 'compound', value: { ...registry.value, value: needed(name, registry.value.value) } };
  }
  return { registries: { type: 'compound', value: registries }, dimension: typeof login.dimension === 'object' ? login.dimension : null };
}

/** Biomes are large, and one is enough; trims are for armour that nobody wears. Damage types are all looked up by name. */
function needed(registry, list) {
  const kept = list.value.value.filter(({ name }) => {
    if (registry === 'minecraft:worldgen/biome') return name.value === 'minecraft:plains';
    return !registry.startsWith('minecraft:trim_');
  });
  const numbered = kept.map((entry, id) => ({ ...entry, id: { type: 'int', value: id } }));
  return { type: 'list', value: { type: kept.length ? 'compound' : 'end', value: numbered } };
}

/** The registries of 1.20.5 and later: a Map from name to a Map from entry to tag, or to null where nobody has it. */
export function configuration({ protocol, directory, artifact, borrowed, added }, jars) {
  const registries = directory ? fromLogin(directory) : fromArtifact(artifact, jars);
  if (borrowed) {
    for (const registry of borrowed.registries) registries.set(full(registry), fromLogin(borrowed.directory).get(full(registry)));
  }
  if (!directory && protocol >= TEST_REGISTRIES_SINCE) {
    const later = fromLogin('1.21.11');
    for (const registry of ['test_environment', 'test_instance']) registries.set(full(registry), later.get(full(registry)));
  }
  for (const [registry, names] of Object.entries(added ?? {})) {
    const entries = registries.get(full(registry)) ?? new Map();
    for (const name of names.split(' ')) entries.set(full(name), null);
    registries.set(full(registry), entries);
  }
  return registries;
}

/** The tags of a version: a Map from registry to a Map from tag to places, which are few; see FILLED. */
export function tags({ artifact }, registries, jars) {
  const json = jsonOf('net.minestom', 'data', artifact, jars);
  const all = new Map();
  for (const registry of TAGGED) {
    const known = json(`tags/${registry}`) ?? json(`tags/${registry.replace('worldgen/', '')}`);
    if (!known) continue;
    const order = registry === 'fluid' ? FLUIDS.map(full) : [...(registries.get(full(registry))?.keys() ?? [])];
    const places = (name) =>
      known[name].values.flatMap((value) => (value.startsWith('#') ? places(value.slice(1)) : [order.indexOf(value)]));
    all.set(full(registry), new Map(Object.keys(known).sort().map((name) => [name, FILLED.includes(registry) ? places(name) : []])));
  }
  return all;
}

function fromLogin(directory) {
  const registries = Object.values(loginPacket(directory).dimensionCodec);
  return new Map(registries.map(({ id, entries }) => [id, new Map(entries.map(({ key, value }) => [key, value]))]));
}

function fromArtifact(version, jars) {
  const json = jsonOf('net.minestom', 'data', version, jars);
  const registries = new Map();
  for (const [registry, oldName] of Object.entries(SYNCHRONIZED)) {
    const entries = json(registry) ?? (oldName && json(oldName));
    if (!entries) continue;
    const sorted = Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
    registries.set(full(registry), new Map(sorted.map(([name, entry]) => [full(name), fromJson(told(registry, entry))])));
  }
  return registries;
}

/** What servers tell clients of an entry, of all that is in its file. */
function told(registry, entry) {
  if (registry === 'worldgen/biome') return biome(entry);
  // Where an animal appears is the server's business.
  const { spawn_conditions, ...rest } = entry;
  return rest;
}

/** The artifact has biomes in a form of its own until 1.21.10, and as in the data pack from 1.21.11 on. */
function biome(entry) {
  const { has_precipitation, temperature, temperature_modifier, downfall, effects, attributes } = entry;
  return defined({
    has_precipitation,
    temperature,
    temperature_modifier,
    downfall,
    attributes,
    effects: effects ?? defined({
      fog_color: entry.fogColor,
      water_color: entry.waterColor,
      water_fog_color: entry.waterFogColor,
      sky_color: entry.skyColor,
    }),
  });
}

const defined = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
const full = (name) => (name.includes(':') ? name : `minecraft:${name}`);

function loginPacket(directory) {
  return JSON.parse(fs.readFileSync(path.join(MINECRAFT_DATA, directory, 'loginPacket.json'), 'utf8'));
}
