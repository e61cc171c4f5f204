// node-minecraft-protocol compiles a version's packets when it first needs them, which takes a second.

import minecraftProtocol from 'minecraft-protocol';
import minecraftData from 'minecraft-data';

const { LOGIN, CONFIGURATION, PLAY } = minecraftProtocol.states;

/** Compiles the packets of these versions now. */
export function warmUp(versions, isServer) {
  for (const version of versions) {
    const withConfiguration = minecraftData(version).supportFeature('hasConfigurationState');
    for (const state of withConfiguration ? [LOGIN, CONFIGURATION, PLAY] : [LOGIN, PLAY]) {
      minecraftProtocol.createSerializer({ state, isServer, version });
      minecraftProtocol.createDeserializer({ state, isServer, version });
    }
  }
}
