// Everything that these programs have to tell goes to standard output as one JSON object a line.

/** Prints one event; bigints become strings. */
export function say(event, fields = {}) {
  const line = JSON.stringify({ event, ...fields }, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
  process.stdout.write(line + '\n');
}

/** Ends this process with its parent, whose pipe is our standard input. */
export function endWithParent() {
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
  process.stdin.on('error', () => process.exit(0));
}

/** The settings that the parent gave: JSON as the only argument. */
export function settings() {
  return JSON.parse(process.argv[2] ?? '{}');
}
