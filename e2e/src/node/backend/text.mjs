// Text as each version writes it: JSON up to 1.20.2, NBT from 1.20.3 on.

import nbt from 'prismarine-nbt';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Shows a line in the player's chat as the server's own words. */
export function showMessage(client, text) {
  if (client._supportFeature('signedChat')) {
    const content = component(client, text);
    client.write('system_chat', { content, type: 1, isActionBar: false });
  } else {
    client.write('chat', { message: JSON.stringify({ text }), position: 1, sender: NOBODY });
  }
}

export function kickReason(client, text) {
  return component(client, text);
}

/** A text as this client reads it in most places. */
export function component(client, text) {
  return client._supportFeature('chatPacketsUseNbtComponents')
    ? nbt.comp({ text: nbt.string(text) })
    : JSON.stringify({ text });
}
