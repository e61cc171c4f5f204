// Servers that do what no server should; each must become a clear sentence for the player.

/** Takes the connection over when the listener is one of the bad ones; tells whether it did. */
export function misbehave(socket, { misbehaviour }, tell) {
  switch (misbehaviour) {
    case undefined:
      return false;
    case 'silent':
      socket.resume();
      break;
    case 'close':
      socket.once('data', () => socket.end());
      break;
    case 'reset':
      socket.once('data', () => socket.resetAndDestroy());
      break;
    case 'nonsense':
      socket.once('data', () => socket.write(Buffer.alloc(64, 0xff)));
      break;
    case 'http':
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
      break;
    default:
      throw new Error(`unknown misbehaviour ${misbehaviour}`);
  }
  tell('misbehaved', { misbehaviour });
  return true;
}
