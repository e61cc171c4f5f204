// What a server puts on a player's screen and into the client's memory, all of it under the server's name: whatever is
// left of it elsewhere can be told by that.

import crypto from 'node:crypto';
import { component } from './text.mjs';

/** Puts up a boss bar, names on the tab list with header and footer, an objective, a team and a title. */
export function furnish(client, name) {
  const since = (protocol) => client.protocolVersion >= protocol;
  const label = component(client, name);
  const stranger = crypto.randomUUID();
  if (since(107)) {
    const bar = { entityUUID: crypto.randomUUID(), title: label, health: 1, color: 0, dividers: 0, flags: 0 };
    client.write('boss_bar', { ...bar, action: 0 });
  }
  listPlayer(client, stranger, name);
  if (since(47)) {
    client.write('playerlist_header', { header: label, footer: label });
  }
  const objective = { name, action: 0, displayText: since(393) ? label : name, type: since(393) ? 0 : 'integer' };
  client.write('scoreboard_objective', objective);
  client.write('scoreboard_display_objective', { position: 1, name });
  client.write(since(107) ? 'teams' : 'scoreboard_team', team(client, name));
  if (since(755)) {
    client.write('set_title_time', { fadeIn: 0, stay: 1200, fadeOut: 0 });
    client.write('set_title_text', { text: label });
  } else if (since(47)) {
    client.write('title', { action: 0, text: label });
  }
}

function listPlayer(client, uuid, name) {
  if (client.protocolVersion >= 761) {
    const flags = ['add_player', 'initialize_chat', 'update_game_mode', 'update_listed', 'update_latency'];
    const action = Object.fromEntries(flags.map((flag) => [flag, flag === 'add_player' || flag === 'update_listed']));
    client.write('player_info', { action, data: [{ uuid, player: { name, properties: [] }, listed: 1 }] });
  } else if (client.protocolVersion >= 47) {
    const entry = { uuid, UUID: uuid, name, properties: [], gamemode: 0, ping: 1 };
    client.write('player_info', { action: 'add_player', data: [entry] });
  } else {
    client.write('player_info', { playerName: name, online: true, ping: 1 });
  }
}

function team(client, name) {
  const mapped = client.protocolVersion >= 771;
  const text = client.protocolVersion >= 393 ? component(client, name) : name;
  const rule = mapped || client.protocolVersion < 770 ? 'always' : 0;
  return {
    team: name,
    mode: mapped ? 'add' : 0,
    name: text,
    prefix: text,
    suffix: text,
    friendlyFire: 1,
    flags: { friendly_fire: true },
    nameTagVisibility: rule,
    collisionRule: rule,
    color: 1,
    formatting: 1,
    players: [name],
  };
}

/** A tree with one command, /NAME; before 1.13 there is none. */
export function declareCommands(client, name) {
  if (client.protocolVersion < 393) {
    return;
  }
  const flags = (type, executable) => ({
    unused: 0,
    allows_restricted: 0,
    has_custom_suggestions: 0,
    has_redirect_node: 0,
    has_command: executable,
    command_node_type: type,
  });
  const nodes = [
    { flags: flags(0, 0), children: [1] },
    { flags: flags(1, 1), children: [], extraNodeData: { name } },
  ];
  client.write('declare_commands', { nodes, rootIndex: 0 });
}

/** Offers a resource pack. */
export function offerPack(client, { url, hash, uuid }) {
  const offer = { uuid, url, hash, forced: false, promptMessage: undefined };
  client.write(client.protocolVersion >= 765 ? 'add_resource_pack' : 'resource_pack_send', offer);
}
