// PROXY protocol in front of a connection, versions 1 (text) and 2 (binary).

const SIGNATURE_2 = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');

/** Reads the header off the socket and puts what follows it back. */
export async function readProxyHeader(socket) {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const header = parse(bytes);
    if (header) {
      const rest = bytes.subarray(header.length);
      if (rest.length > 0) {
        socket.unshift(rest);
      }
      const { length: _, ...fields } = header;
      return fields;
    }
    bytes = Buffer.concat([bytes, await nextBytes(socket)]);
  }
}

function parse(bytes) {
  if (bytes.length >= 16 && bytes.subarray(0, 12).equals(SIGNATURE_2)) {
    const length = 16 + bytes.readUInt16BE(14);
    if (bytes.length < length) {
      return null;
    }
    return { version: 2, length, ...binaryAddresses(bytes) };
  }
  const end = bytes.indexOf('\r\n');
  if (bytes.length >= 6 && bytes.subarray(0, 6).equals(Buffer.from('PROXY '))) {
    if (end < 0) {
      return null;
    }
    const [, family, source, target, sourcePort, targetPort] = bytes.subarray(0, end).toString('latin1').split(' ');
    return { version: 1, length: end + 2, family, source, target, sourcePort: +sourcePort, targetPort: +targetPort };
  }
  if (bytes.length >= 16) {
    throw new Error('no PROXY header');
  }
  return null;
}

function binaryAddresses(bytes) {
  const command = bytes[12] & 0x0f;
  const family = bytes[13] >> 4;
  if (command === 0) {
    return { family: 'LOCAL' };
  }
  if (family === 1) {
    return {
      family: 'TCP4',
      source: [...bytes.subarray(16, 20)].join('.'),
      target: [...bytes.subarray(20, 24)].join('.'),
      sourcePort: bytes.readUInt16BE(24),
      targetPort: bytes.readUInt16BE(26),
    };
  }
  return {
    family: 'TCP6',
    source: bytes.subarray(16, 32).toString('hex'),
    target: bytes.subarray(32, 48).toString('hex'),
    sourcePort: bytes.readUInt16BE(48),
    targetPort: bytes.readUInt16BE(50),
  };
}

function nextBytes(socket) {
  return new Promise((resolve, reject) => {
    const done = (settle, value) => {
      socket.off('data', onData);
      socket.off('close', onClose);
      socket.pause();
      settle(value);
    };
    const onData = (chunk) => done(resolve, chunk);
    const onClose = () => done(reject, new Error('the connection ended inside the PROXY header'));
    socket.on('data', onData);
    socket.on('close', onClose);
    socket.resume();
  });
}
