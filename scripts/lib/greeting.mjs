import { bold, dim, formatDuration, green, say } from './progress.mjs';

/**
 * @param {object} facts
 * @param {number} facts.port
 * @param {import('./server.mjs').DemoClient} facts.demo
 * @param {string} facts.database
 * @param {number} facts.elapsedMs
 */
export function greet({ port, demo, database, elapsedMs }) {
  const address = `http://localhost:${port}`;
  say();
  say(`${green('Pesewa is ready')} ${dim(`in ${formatDuration(elapsedMs)} · Ctrl-C stops it`)}`);
  say();
  say(`  Address   ${bold(address)}`);
  say(`  Docs      ${address}/docs`);
  say(`  Client    ${demo.clientId}`);
  say(`  Secret    ${demo.clientSecret ?? dim('shown when it was made; the database keeps only its hash')}`);
  say(`  Database  ${database}`);
  say();
  if (!demo.walletId) return;
  say('  Charge the demo wallet (a repeat with the same reference charges once):');
  say();
  say(curl(address, demo));
  say();
}

/**
 * Without line breaks or indentation, so that it pastes into any shell.
 * @param {string} address
 * @param {import('./server.mjs').DemoClient} demo
 */
function curl(address, { clientId, clientSecret, walletId }) {
  const body = '{ "amount": 500, "description": "10 SMS messages sent", "reference": "sms_batch_1" }';
  return (
    `curl ${address}/v1/wallets/${walletId}/debit -u '${clientId}:${clientSecret ?? 'YOUR_SECRET'}' ` +
    `-H 'Content-Type: application/json' -d '${body}'`
  );
}
