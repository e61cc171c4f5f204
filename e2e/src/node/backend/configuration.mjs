// The configuration phase (1.20.2 and later): known packs, registries, the way into play.

import { once } from 'node:events';
import minecraftProtocol from 'minecraft-protocol';

const { CONFIGURATION, PLAY } = minecraftProtocol.states;

export async function configure(client, options) {
  await new Promise((resolve) => {
    client.once('login_acknowledged', () => {
      // At once: what the client says of itself may stand right behind.
      client.state = CONFIGURATION;
      resolve();
    });
  });
  const codec = client.data.loginPacket.dimensionCodec;
  if (client._supportFeature('segmentedRegistryCodecData')) {
    const packs = once(client, 'select_known_packs');
    client.write('select_known_packs', { packs: [{ namespace: 'minecraft', id: 'core', version: client.version }] });
    await packs;
    for (const registry of Object.values(codec)) {
      client.write('registry_data', registry);
    }
  } else {
    client.write('registry_data', { codec });
  }
  if (options.leavesInConfiguration) {
    client.end();
    return;
  }
  client.write('feature_flags', { features: ['minecraft:vanilla'] });
  const finished = once(client, 'finish_configuration');
  client.write('finish_configuration', {});
  await finished;
  client.state = PLAY;
}
