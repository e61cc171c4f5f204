// A session server: clients say what they join, proxies and servers ask whether they did. Every player has the access
// token "token-NAME", a UUID made of the name and one property. Settings: {"port": 0, "mode": "normal"}; the mode can be
// changed while it runs by PUT /mode: normal, slow (answers after 60 s), nonsense, error (500), strangers (knows nobody).

import http from 'node:http';
import { profileOf } from './ids.mjs';
import { endWithParent, say, settings } from './say.mjs';

const joined = new Map();
let { port = 0, mode = 'normal' } = settings();

endWithParent();
const server = http.createServer(async (request, response) => {
  const url = new URL(request.url, 'http://session');
  const body = await text(request);
  if (request.method === 'PUT' && url.pathname === '/mode') {
    mode = body;
    return answer(response, 204);
  }
  if (request.method === 'POST' && url.pathname === '/session/minecraft/join') {
    return join(JSON.parse(body), response);
  }
  if (request.method === 'GET' && url.pathname === '/session/minecraft/hasJoined') {
    return hasJoined(url.searchParams, response);
  }
  return answer(response, 404, { error: 'Not Found', path: url.pathname });
});
server.listen(port, '127.0.0.1', () => say('ready', { port: server.address().port }));

function join({ accessToken, selectedProfile, serverId }, response) {
  const name = /^token-(\w{1,16})$/.exec(accessToken)?.[1];
  if (!name || profileOf(name).id !== selectedProfile) {
    return answer(response, 403, { error: 'ForbiddenOperationException', errorMessage: 'Invalid token' });
  }
  joined.set(serverId, name);
  say('join', { player: name });
  return answer(response, 204);
}

async function hasJoined(query, response) {
  const name = query.get('username');
  say('hasJoined', { player: name, address: query.get('ip') });
  switch (mode) {
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      break;
    case 'nonsense':
      return answer(response, 200, '<html>It works!</html>');
    case 'error':
      return answer(response, 500, { error: 'Internal Server Error' });
    case 'strangers':
      return answer(response, 204);
  }
  const known = joined.get(query.get('serverId'));
  if (known === undefined || known.toLowerCase() !== name.toLowerCase()) {
    return answer(response, 204);
  }
  joined.delete(query.get('serverId'));
  return answer(response, 200, profileOf(known));
}

function answer(response, status, body) {
  response.statusCode = status;
  if (body === undefined) {
    return response.end();
  }
  response.setHeader('Content-Type', 'application/json');
  return response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function text(request) {
  let all = '';
  for await (const chunk of request.setEncoding('utf8')) {
    all += chunk;
  }
  return all;
}
