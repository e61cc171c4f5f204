import minecraftProtocol from 'minecraft-protocol';

/** Answers the server list: a status, and a pong for each ping. */
export function answerStatus(client, options) {
  client.state = minecraftProtocol.states.STATUS;
  client.once('ping_start', () => {
    client.write('server_info', {
      response: JSON.stringify({
        version: { name: client.version, protocol: client.protocolVersion },
        players: { max: 20, online: 0, sample: [] },
        description: { text: options.motd ?? `backend ${options.name}` },
      }),
    });
    client.once('ping', (packet) => client.write('ping', packet));
  });
}
