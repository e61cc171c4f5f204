// A server for any version that node-minecraft-protocol knows: logs players in, shows them a flat world, answers chat
// and tells what it saw. Settings: {"listeners": [{name, port, compression, forwarding, secret, online, ...}]}; for the
// versions in "warmVersions" it is as quick as a server that has been running for a while, once it listens.
// All versions share a port: the handshake says which one is spoken.

import net from 'node:net';
import minecraftProtocol from 'minecraft-protocol';
import minecraftData from 'minecraft-data';
import { login } from './backend/login.mjs';
import { play } from './backend/play.mjs';
import { warmUp } from './warm-up.mjs';
import { answerStatus } from './backend/status.mjs';
import { misbehave } from './backend/misbehaviour.mjs';
import { readProxyHeader } from './backend/proxy-header.mjs';
import { endWithParent, say, settings } from './say.mjs';

endWithParent();
warmUp(settings().warmVersions ?? [], true);
for (const options of settings().listeners) {
  listen({
    host: '127.0.0.1',
    port: 0,
    compression: 256,
    forwarding: 'none',
    keepAliveMillis: 3000,
    keepAlivePatienceMillis: 20_000,
    ...options,
  });
}

function listen(options) {
  const server = net.createServer((socket) => accept(socket, options));
  server.on('error', (error) => {
    say('fault', { listener: options.name, message: String(error) });
    process.exit(1);
  });
  server.listen(options.port, options.host, () =>
    say('ready', { listener: options.name, port: server.address().port }));
}

async function accept(socket, options) {
  const tell = (event, fields) => say(event, { listener: options.name, ...fields });
  socket.on('error', () => {});
  if (misbehave(socket, options, tell)) {
    return;
  }
  if (options.proxyProtocol) {
    try {
      tell('proxyHeader', await readProxyHeader(socket));
    } catch (error) {
      tell('fault', { message: String(error) });
      socket.destroy();
      return;
    }
  }
  const client = new minecraftProtocol.Client(true, '1.8.9', undefined, true);
  client.remote = { address: socket.remoteAddress, port: socket.remotePort };
  client.on('error', (error) => {
    tell('fault', { player: client.username, message: String(error) });
    client.end();
  });
  client.once('set_protocol', (packet) => onHandshake(client, packet, options, tell));
  client.setSocket(socket);
}

function onHandshake(client, packet, options, tell) {
  const data = minecraftData(packet.protocolVersion) ?? minecraftData('1.8.9');
  client.version = data.version.minecraftVersion;
  client._supportFeature = data.supportFeature;
  client._hasBundlePacket = data.supportFeature('hasBundlePacket');
  client.protocolVersion = packet.protocolVersion;
  client.data = data;
  client.handshake = packet;
  tell('handshake', {
    protocol: packet.protocolVersion,
    address: packet.serverHost,
    port: packet.serverPort,
    intent: packet.nextState,
  });
  if (packet.nextState === 1) {
    answerStatus(client, options);
  } else {
    login(client, options, tell).then(
      (player) => play(client, player, options, tell),
      (error) => {
        tell('refused', { player: client.username, reason: error.message });
        client.write('disconnect', { reason: JSON.stringify({ text: error.message }) });
        client.end();
      },
    ).catch((error) => {
      // A proxy that has lost its patience hangs up at any moment.
      tell('fault', { player: client.username, message: String(error) });
      client.end();
    });
  }
}
