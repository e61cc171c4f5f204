// A flat world of nine chunks: grass at height 63 under a player who stands at 8.5, 64, 8.5.

import zlib from 'node:zlib';
import minecraftData from 'minecraft-data';
import prismarineChunk from 'prismarine-chunk';
import prismarineRegistry from 'prismarine-registry';
import { Vec3 } from 'vec3';

export const SPAWN = { x: 8.5, y: 64, z: 8.5 };
const GROUND = 63;
const EYES = 1.62;
const chunks = new Map();

/** Sends all that a client needs to stand in the world. */
export function enterWorld(client) {
  client.write('login', loginPacket(client));
  client.write('spawn_position', spawnPosition(client));
  client.write('position', position(client));
  client.write('update_health', { health: 20, food: 20, foodSaturation: 5 });
  if (client.protocolVersion >= 765) {
    client.write('game_state_change', { reason: 'level_chunks_load_start', gameMode: 0 });
  }
  if (client.protocolVersion >= 477) {
    client.write('update_view_position', { chunkX: 0, chunkZ: 0 });
  }
  const content = chunkOf(client);
  for (let x = -1; x <= 1; x++) {
    for (let z = -1; z <= 1; z++) {
      client.write('map_chunk', { x, z, ...content.chunk });
      if (content.light) {
        client.write('update_light', { chunkX: x, chunkZ: z, ...content.light });
      }
    }
  }
}

function loginPacket(client) {
  const own = {
    entityId: 1,
    isHardcore: false,
    gameMode: 2,
    previousGameMode: client.protocolVersion >= 755 ? -1 : 255,
    maxPlayers: 20,
    viewDistance: 4,
    simulationDistance: 4,
    reducedDebugInfo: false,
    enableRespawnScreen: true,
    portalCooldown: 0,
    enforcesSecureChat: false,
  };
  if (client.protocolVersion >= 735) {
    return { ...client.data.loginPacket, ...own };
  }
  return { ...own, dimension: 0, difficulty: 1, levelType: 'flat', hashedSeed: [0, 1] };
}

function spawnPosition(client) {
  const location = { x: 8, y: GROUND + 1, z: 8 };
  if (client.protocolVersion >= 773) {
    return { globalPos: { dimensionName: 'minecraft:overworld', location }, yaw: 0, pitch: 0 };
  }
  return { location, angle: 0 };
}

function position(client) {
  const eyes = client.protocolVersion < 47 ? EYES : 0;
  return {
    x: SPAWN.x,
    y: SPAWN.y + eyes,
    z: SPAWN.z,
    dx: 0,
    dy: 0,
    dz: 0,
    yaw: 0,
    pitch: 0,
    onGround: true,
    flags: client.protocolVersion >= 766 ? {} : 0,
    teleportId: 1,
    dismountVehicle: false,
  };
}

function chunkOf(client) {
  let content = chunks.get(client.version);
  if (!content) {
    content = client.protocolVersion < 47 ? chunkOf17() : chunkSince18(client);
    chunks.set(client.version, content);
  }
  return content;
}

/** 1.7: one section of blocks, metadata, block light and sky light, then the biomes, deflated. */
function chunkOf17() {
  const blocks = Buffer.alloc(4096);
  blocks.fill(minecraftData('1.7').blocksByName.grass.id, (GROUND & 15) << 8, ((GROUND & 15) + 1) << 8);
  const light = Buffer.alloc(2048, 0xff);
  const biomes = Buffer.alloc(256, 1);
  const section = Buffer.concat([blocks, Buffer.alloc(2048), Buffer.alloc(2048), light, biomes]);
  return {
    chunk: {
      groundUp: true,
      bitMap: 1 << (GROUND >> 4),
      addBitMap: 0,
      compressedChunkData: zlib.deflateSync(section),
    },
  };
}

function chunkSince18(client) {
  const registry = prismarineRegistry(client.version);
  const deep = client.protocolVersion >= 757;
  const chunk = new (prismarineChunk(registry))({ minY: deep ? -64 : 0, worldHeight: deep ? 384 : 256 });
  const grass = registry.blocksByName.grass_block ?? registry.blocksByName.grass;
  for (let x = 0; x < 16; x++) {
    for (let z = 0; z < 16; z++) {
      if (grass.defaultState === undefined) {
        chunk.setBlockType(new Vec3(x, GROUND, z), grass.id);
      } else {
        chunk.setBlockStateId(new Vec3(x, GROUND, z), grass.defaultState);
      }
      for (let y = 48; y < 80; y++) {
        chunk.setSkyLight(new Vec3(x, y, z), 15);
      }
    }
  }
  const packet = {
    groundUp: true,
    bitMap: chunk.getMask(),
    heightmaps: heightmaps(client),
    biomes: chunk.dumpBiomes(),
    chunkData: chunk.dump(),
    blockEntities: [],
    trustEdges: true,
  };
  if (client.protocolVersion >= 757) {
    return { chunk: { ...packet, ...chunk.dumpLight() } };
  }
  if (client.protocolVersion >= 755) {
    return { chunk: packet, light: { trustEdges: true, ...chunk.dumpLight() } };
  }
  if (client.protocolVersion >= 477) {
    const light = {
      trustEdges: true,
      skyLightMask: chunk.skyLightMask,
      blockLightMask: chunk.blockLightMask,
      emptySkyLightMask: 0,
      emptyBlockLightMask: 0,
      data: chunk.dumpLight(),
    };
    return { chunk: packet, light };
  }
  return { chunk: packet };
}

function heightmaps(client) {
  if (client.protocolVersion >= 770) {
    return [];
  }
  const longs = client.protocolVersion >= 735 ? 37 : 36;
  return {
    type: 'compound',
    name: '',
    value: { MOTION_BLOCKING: { type: 'longArray', value: Array.from({ length: longs }, () => [0, 0]) } },
  };
}
