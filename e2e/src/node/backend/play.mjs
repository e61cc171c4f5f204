// The configuration and play phases: into the world, keep-alives, chat, out again.

import minecraftProtocol from 'minecraft-protocol';
import { ChatSignatures } from './chat-signatures.mjs';
import { configure } from './configuration.mjs';
import { declareCommands, furnish, offerPack } from './furniture.mjs';
import { enterWorld } from './world.mjs';
import { showMessage, kickReason } from './text.mjs';

/** Plays with a player who has logged in until the connection ends. */
export async function play(client, player, options, tell) {
  const said = { player: player.name };
  const joined = Date.now();
  client.once('end', (reason) => {
    clearInterval(client.heartbeat);
    tell('left', { ...said, reason, seconds: (Date.now() - joined) / 1000, keepAlives: client.keepAlives ?? 0 });
  });
  listen(client, said, tell);
  if (client._supportFeature('hasConfigurationState')) {
    await configure(client, options);
  } else {
    client.state = minecraftProtocol.states.PLAY;
    if (client.protocolVersion < 47) {
      // The 1.7 client changes its state on another thread: a packet that follows at once is misread.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  client.uuid = player.uuid;
  onChat(client, said, options, tell);
  if (options.leavesBeforeGame) {
    client.end();
    return;
  }
  enterWorld(client);
  if (options.furnished) {
    declareCommands(client, options.name);
    furnish(client, options.name);
    showMessage(client, `this is ${options.name}`);
  }
  if (options.pack) {
    offerPack(client, options.pack);
  }
  beat(client, options, tell);
  tell('joined', { ...said, protocol: client.protocolVersion, uuid: player.uuid });
  if (options.kickAfterMillis) {
    setTimeout(() => {
      client.write('kick_disconnect', { reason: kickReason(client, options.kickMessage) });
      client.end();
    }, options.kickAfterMillis);
  }
}

function onChat(client, said, options, tell) {
  const signatures = new ChatSignatures();
  const heard = (message, signed) => {
    tell('chat', { ...said, message, signed });
    showMessage(client, `echo: ${message}`);
  };
  client.on('chat', (packet) => heard(packet.message, 'not'));
  client.on('chat_session_update', (packet) => {
    signatures.session(packet);
    tell('chatSession', said);
  });
  client.on('chat_message', (packet) => heard(packet.message, signatures.judge(client, packet)));
  client.on('chat_command', (packet) => tell('command', { ...said, command: packet.command }));
  client.on('chat_command_signed', (packet) => tell('command', { ...said, command: packet.command }));
  client.on('message_acknowledgement', (packet) => tell('acknowledgement', { ...said, count: packet.count }));
  client.on('tab_complete', (packet) => {
    if (client.protocolVersion < 393) {
      client.write('tab_complete', { matches: [`/${options.name}`] });
    }
  });
}

/** What the client says of itself, in whatever state. */
function listen(client, said, tell) {
  client.on('custom_payload', (packet) => {
    const text = packet.data.toString('utf8');
    if (/brand$/i.test(packet.channel)) {
      tell('brand', { ...said, brand: text.replace(/^[\x00-\x1f]/, '') });
    } else if (/register$/i.test(packet.channel)) {
      tell('channels', { ...said, channels: text.split('\0') });
    }
  });
  client.on('settings', (packet) => tell('settings', { ...said, locale: packet.locale, state: client.state }));
  client.on('resource_pack_receive', (packet) => tell('packAnswer', { ...said, result: packet.result }));
}

/** Keep-alives, each with an id of its own; the answers must come in order and within a vanilla server's patience. */
function beat(client, options, tell) {
  const open = [];
  client.keepAlives = 0;
  const next = () => {
    if (open.length > 0 && Date.now() - open[0].sent > options.keepAlivePatienceMillis) {
      tell('fault', { player: client.username, message: 'a keep-alive was not answered' });
      client.end();
      return;
    }
    const id = 1 + Math.floor(Math.random() * 0x7ffffffe);
    open.push({ id, sent: Date.now() });
    client.write('keep_alive', { keepAliveId: client.protocolVersion >= 340 ? BigInt(id) : id });
  };
  client.on('keep_alive', (packet) => {
    const expected = open.shift();
    if (Number(packet.keepAliveId) !== expected?.id) {
      tell('fault', { player: client.username, message: `keep-alive ${packet.keepAliveId} instead of ${expected?.id}` });
      client.end();
      return;
    }
    client.keepAlives++;
  });
  next();
  client.heartbeat = setInterval(next, options.keepAliveMillis);
}
