// Which field of our records holds what minecraft-data calls by another name. A list has '#' for the place of its
// element. An entry is the name of our field; or
//   { field, values }       our values, by theirs;
//   { field, optional }     theirs may be missing, where ours has a default;
//   [entry, entry, …]       the first whose field this packet has (a sealed type has the fields of its variant);
//   [{ until, … }, entry]   another entry up to a protocol;
//   null                    not a value of its own: derived from others, which are compared, or bytes to us.
// '*' is the entry for whatever is not there and not among our fields either.
const spawnBefore = {
  dimension: ['spawn.dimension.number', 'spawn.dimension.name', 'spawn.dimension.nbt'],
  worldType: 'spawn.dimension.name',
  worldName: 'spawn.world',
  hashedSeed: 'spawn.hashedSeed',
  difficulty: 'spawn.difficulty',
  levelType: 'spawn.levelType',
  isDebug: 'spawn.debug',
  isFlat: 'spawn.flat',
  death: 'spawn.death',
  'death.dimensionName': 'spawn.death.world',
  'death.location.x': 'spawn.death.position.x',
  'death.location.y': 'spawn.death.position.y',
  'death.location.z': 'spawn.death.position.z',
  portalCooldown: 'spawn.portalCooldown',
};

const spawn = {
  ...spawnBefore,
  ...Object.fromEntries(Object.entries(spawnBefore).map(([theirs, ours]) => [`worldState.${theirs}`, ours])),
  'worldState.name': 'spawn.world',
  'worldState.gamemode': { field: 'spawn.gameMode', values: { survival: 0, creative: 1, adventure: 2, spectator: 3 } },
  'worldState.previousGamemode': 'spawn.previousGameMode',
  'worldState.seaLevel': 'spawn.seaLevel',
};

const lastSeen = {
  'previousMessages.#.messageSender': 'lastSeen.messages.#.sender',
  'previousMessages.#.messageSignature': 'lastSeen.messages.#.signature',
  lastRejectedMessage: 'lastSeen.lastRejected',
  'lastRejectedMessage.sender': 'lastSeen.lastRejected.sender',
  'lastRejectedMessage.signature': 'lastSeen.lastRejected.signature',
  offset: 'lastSeen.offset',
  messageCount: 'lastSeen.offset',
  acknowledged: 'lastSeen.acknowledged',
  checksum: 'lastSeen.checksum',
  'argumentSignatures.#.argumentName': 'arguments.#.name',
  'argumentSignatures.#.signature': 'arguments.#.signature',
};

const ground = {
  onGround: 'ground.onGround',
  flags: null,
  'flags.onGround': 'ground.onGround',
  'flags.hasHorizontalCollision': 'ground.collision',
  // minecraft-data's "stance" and "y" of 1.7 are the feet and the eyes: the client writes its bounding box first.
  stance: 'y',
};

const tags = Object.fromEntries(
  ['block', 'item', 'fluid', 'entity'].flatMap((kind, place) => [
    [`${kind}Tags.#.tagName`, `registries.${place}.tags.#.name`],
    [`${kind}Tags.#.entries.#`, `registries.${place}.tags.#.entries.#`],
  ]),
);

/** By record: our names for the names of minecraft-data; a name that is not there is ours as well. */
export const FIELD_NAMES = {
  Handshake: { protocolVersion: 'protocol', serverHost: 'address', serverPort: 'port', nextState: 'intent' },
  StatusResponse: { response: 'json' },
  StatusPing: { time: 'payload' },
  StatusPong: { time: 'payload' },
  LoginStart: {
    username: 'name',
    signature: 'key',
    'signature.timestamp': 'key.expiry',
    'signature.publicKey': 'key.publicKey',
    'signature.signature': 'key.signature',
    playerUUID: 'id',
  },
  LoginSuccess: {
    uuid: 'id',
    username: 'name',
    'properties.#.name': 'properties.#.name',
    'properties.#.value': 'properties.#.value',
    'properties.#.signature': 'properties.#.signature',
  },
  EncryptionResponse: {
    hasVerifyToken: { field: 'proof.kind', values: { true: 'Token', false: 'Signed' } },
    verifyToken: 'proof.encrypted',
    'crypto.verifyToken': 'proof.encrypted',
    'crypto.salt': 'proof.salt',
    'crypto.messageSignature': 'proof.signature',
  },
  CookieRequest: { cookie: 'key' },
  CookieResponse: { value: 'payload' },
  StoreCookie: { value: 'payload' },
  KeepAlive: { keepAliveId: 'id' },
  KnownPacks: { 'packs.#.namespace': 'packs.#.namespace', 'packs.#.id': 'packs.#.id', 'packs.#.version': 'packs.#.version' },
  ClientSettings: {
    chatFlags: 'chatMode',
    disableTextFiltering: 'textFiltering',
    enableTextFiltering: 'textFiltering',
    enableServerListing: 'serverListing',
    particleStatus: { field: 'particles', values: { all: 0, decreased: 1, minimal: 2 } },
  },
  ResourcePackStatus: { uuid: 'pack' },
  JoinGame: {
    ...spawn,
    isHardcore: 'hardcore',
    gameMode: [{ until: 736, field: 'modeWithHardcoreBit' }, 'spawn.gameMode'],
    previousGameMode: 'spawn.previousGameMode',
    'worldNames.#': 'worlds.#',
    dimensionCodec: 'registries',
    enableRespawnScreen: 'respawnScreen',
    doLimitedCrafting: 'limitedCrafting',
  },
  Respawn: {
    ...spawn,
    gamemode: 'spawn.gameMode',
    previousGamemode: 'spawn.previousGameMode',
    copyMetadata: [{ until: 765, field: 'kept', values: { true: 1, false: 0 } }, 'kept'],
  },
  SpawnPosition: {
    'location.x': 'position.x',
    'location.y': 'position.y',
    'location.z': 'position.z',
    angle: 'yaw',
    'globalPos.dimensionName': 'dimension',
    'globalPos.location.x': 'position.x',
    'globalPos.location.y': 'position.y',
    'globalPos.location.z': 'position.z',
  },
  PlayerPosition: {
    flags: 'relative',
    'flags.x': null,
    'flags.y': null,
    'flags.z': null,
    'flags.yaw': null,
    'flags.pitch': null,
    'flags.dx': null,
    'flags.dy': null,
    'flags.dz': null,
    'flags.yawDelta': null,
    dismountVehicle: 'dismount',
  },
  Position: { ...ground, y: [{ until: 5, field: 'headY' }, 'y'] },
  PositionLook: { ...ground, y: [{ until: 5, field: 'headY' }, 'y'] },
  GameEvent: {
    reason: {
      field: 'event',
      values: {
        start_raining: 1,
        stop_raining: 2,
        change_game_mode: 3,
        win_game: 4,
        demo_event: 5,
        play_arrow_hit_sound: 6,
        rain_level_change: 7,
        thunder_level_change: 8,
      },
    },
    gameMode: 'value',
  },
  ClientboundLegacyChat: {},
  SystemChat: { type: { field: 'actionBar', values: { 1: false, 2: true } }, isActionBar: 'actionBar' },
  ChatMessage: { ...lastSeen, signedPreview: 'signedPreview' },
  ChatCommand: lastSeen,
  ChatCommandSigned: lastSeen,
  LegacyTitle: {
    action: [
      { until: 210, field: 'change.kind', values: { 0: 'Title', 1: 'Subtitle', 2: 'Times', 3: 'Hide', 4: 'Reset' } },
      {
        field: 'change.kind',
        values: { 0: 'Title', 1: 'Subtitle', 2: 'AboveHotBar', 3: 'Times', 4: 'Hide', 5: 'Reset' },
      },
    ],
    text: 'change.text',
    fadeIn: 'change.fadeIn',
    stay: 'change.stay',
    fadeOut: 'change.fadeOut',
  },
  BossBar: {
    entityUUID: 'id',
    action: {
      field: 'change.kind',
      values: { 0: 'Add', 1: 'Remove', 2: 'Health', 3: 'Title', 4: 'Style', 5: 'Flags' },
    },
    title: 'change.title',
    health: 'change.health',
    color: ['change.style.color', 'change.color'],
    dividers: ['change.style.division', 'change.division'],
    flags: 'change.flags',
  },
  RegistryData: { id: 'registry', 'entries.#.key': 'entries.#.id', 'entries.#.value': 'entries.#.content' },
  FeatureFlags: {},
  UpdateTags: {
    ...tags,
    'tags.#.tagType': 'registries.#.name',
    'tags.#.tags.#.tagName': 'registries.#.tags.#.name',
    'tags.#.tags.#.entries.#': 'registries.#.tags.#.entries.#',
  },
  ResourcePackPush: { uuid: 'pack', promptMessage: 'prompt' },
  ResourcePackPop: { uuid: 'pack' },
  ChatAck: {
    'previousMessages.#.messageSender': 'messages.#.sender',
    'previousMessages.#.messageSignature': 'messages.#.signature',
    lastRejectedMessage: 'lastRejected',
    'lastRejectedMessage.sender': 'lastRejected.sender',
    'lastRejectedMessage.signature': 'lastRejected.signature',
  },
  TabComplete: {
    transactionId: 'transaction',
    block: 'lookedAt',
    'block.x': 'lookedAt.x',
    'block.y': 'lookedAt.y',
    'block.z': 'lookedAt.z',
    'lookedAtBlock': 'lookedAt',
    'lookedAtBlock.x': 'lookedAt.x',
    'lookedAtBlock.y': 'lookedAt.y',
    'lookedAtBlock.z': 'lookedAt.z',
  },
  TabCompleteResponse: { transactionId: 'transaction', 'matches.#': 'matches.#.text', 'matches.#.match': 'matches.#.text' },
  PlayerInfoLegacy: {
    playerName: 'change.name',
    online: 'change.online',
    ping: 'change.ping',
    action: {
      field: 'change.kind',
      values: { add_player: 'Add', update_game_mode: 'GameModes', update_latency: 'Pings', update_display_name: 'DisplayNames', remove_player: 'Remove' },
    },
    // Entries of other actions are bytes to us.
    'data.#.uuid': ['change.players.#.id', 'change.players.#', null],
    'data.#.UUID': ['change.players.#.id', 'change.players.#', null],
    'data.#.name': ['change.players.#.name', null],
    'data.#.gamemode': ['change.players.#.gameMode', null],
    'data.#.ping': ['change.players.#.ping', null],
    'data.#.displayName': ['change.players.#.displayName', null],
    ...Object.fromEntries(
      ['name', 'value', 'signature'].map((part) => [`data.#.properties.#.${part}`, `change.players.#.properties.#.${part}`]),
    ),
    'data.#.crypto': ['change.players.#.key', null],
    'data.#.crypto.timestamp': 'change.players.#.key.expiry',
    'data.#.crypto.publicKey': 'change.players.#.key.publicKey',
    'data.#.crypto.signature': 'change.players.#.key.signature',
  },
  PlayerInfoUpdate: {
    action: 'actions',
    'data.#.uuid': ['added.#.id', null],
    'data.#.player.name': 'added.#.name',
    ...Object.fromEntries(
      ['name', 'value', 'signature'].map((part) => [`data.#.player.properties.#.${part}`, `added.#.properties.#.${part}`]),
    ),
    'data.#.chatSession': ['added.#.chatSession', null],
    'data.#.chatSession.uuid': ['added.#.chatSession.id', null],
    'data.#.chatSession.publicKey.expireTime': ['added.#.chatSession.expiry', null],
    'data.#.chatSession.publicKey.keyBytes': ['added.#.chatSession.publicKey', null],
    'data.#.chatSession.publicKey.keySignature': ['added.#.chatSession.signature', null],
    'data.#.gamemode': [{ field: 'added.#.gameMode', optional: true }, null],
    'data.#.listed': [{ field: 'added.#.listed', values: { 0: false, 1: true }, optional: true }, null],
    'data.#.latency': [{ field: 'added.#.ping', optional: true }, null],
    'data.#.displayName': [{ field: 'added.#.displayName', optional: true }, null],
    'data.#.listPriority': [{ field: 'added.#.listOrder', optional: true }, null],
    'data.#.showHat': [{ field: 'added.#.hat', optional: true }, null],
    // The flags one by one.
    '*': null,
  },
  ScoreboardObjective: { action: 'mode', '*': null },
  Team: {
    team: 'name',
    mode: [
      { until: 770, field: 'mode' },
      { field: 'mode', values: { add: 0, remove: 1, change: 2, join: 3, leave: 4 } },
    ],
    name: null,
    '*': null,
  },
  DeclareCommands: { '*': null },
  // Any packet, which just has to be read and written by others as well.
  VoidWorld: { '*': null },
};
