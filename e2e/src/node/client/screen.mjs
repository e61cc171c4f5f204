// What a client has on its screen and in its memory, as the packets of its library tell, and as a real client forgets it.

import { plainText } from './connection.mjs';

export class Screen {
  bossBars = new Map();
  listed = new Map();
  objectives = new Set();
  teams = new Set();
  packs = new Map();
  offers = 0;
  header = '';
  title = '';
  startConfigurations = 0;
  worlds = 0;

  /** @param protocol the version's number */
  constructor(client, protocol) {
    const on = (name, react) => client.on(name, react);
    on('start_configuration', () => {
      this.startConfigurations++;
      this.#forget();
    });
    on('login', () => this.worlds++);
    on('boss_bar', (packet) => this.#bossBar(packet));
    on('player_info', (packet) => this.#playerInfo(packet));
    on('player_remove', (packet) => packet.players.forEach((id) => this.listed.delete(id)));
    on('playerlist_header', (packet) => {
      this.header = plainText(packet.header);
    });
    on('scoreboard_objective', (packet) => note(this.objectives, packet.name, packet.action === 1));
    for (const name of ['teams', 'scoreboard_team']) {
      on(name, (packet) => note(this.teams, packet.team, packet.mode === 1 || packet.mode === 'remove'));
    }
    on('set_title_text', (packet) => {
      this.title = plainText(packet.text);
    });
    on('clear_titles', () => {
      this.title = '';
    });
    on('title', (packet) => {
      if (packet.action === 0) {
        this.title = plainText(packet.text);
      } else if (packet.action === (protocol >= 315 ? 5 : 4)) {
        this.title = '';
      }
    });
    for (const name of ['add_resource_pack', 'resource_pack_send']) {
      on(name, (packet) => {
        this.offers++;
        this.packs.set(packet.uuid, packet.hash);
      });
    }
    on('remove_resource_pack', (packet) => (packet.uuid ? this.packs.delete(packet.uuid) : this.packs.clear()));
  }

  /** A client that leaves the game for the state of configuration forgets nearly everything. */
  #forget() {
    this.bossBars.clear();
    this.listed.clear();
    this.objectives.clear();
    this.teams.clear();
    this.header = '';
    this.title = '';
  }

  #bossBar(packet) {
    if (packet.action === 1) {
      this.bossBars.delete(packet.entityUUID);
    } else if (packet.action === 0) {
      this.bossBars.set(packet.entityUUID, plainText(packet.title));
    }
  }

  #playerInfo(packet) {
    if (packet.data === undefined) {
      note(this.listed, packet.playerName, !packet.online);
      return;
    }
    for (const entry of packet.data) {
      const id = entry.uuid ?? entry.UUID;
      if (packet.action === 'remove_player') {
        this.listed.delete(id);
      } else if (packet.action === 'add_player' || packet.action.add_player) {
        this.listed.set(id, entry.name ?? entry.player?.name);
      }
    }
  }

  /** Everything that bears a name: whose it is. */
  labels() {
    const labels = {
      bossBars: [...this.bossBars.values()],
      listed: [...this.listed.values()],
      objectives: [...this.objectives],
      teams: [...this.teams],
      header: this.header === '' ? [] : [this.header],
      title: this.title === '' ? [] : [this.title],
    };
    return labels;
  }
}

function note(names, name, removed) {
  if (removed) {
    names.delete(name);
  } else if (names instanceof Map) {
    names.set(name, name);
  } else {
    names.add(name);
  }
}
