import { bold, dim, formatDuration, green, say } from './progress.mjs';

/**
 * @param {object} facts
 * @param {number} facts.port
 * @param {import('./server.mjs').Demo} facts.demo
 * @param {number | undefined} [facts.simulatorPort]
 * @param {string} facts.database
 * @param {number} facts.elapsedMs
 */
export function greet({ port, simulatorPort, demo, database, elapsedMs }) {
  const address = `http://localhost:${port}`;
  say();
  say(`${green('Pesewa is ready')} ${dim(`in ${formatDuration(elapsedMs)} · Ctrl-C stops it`)}`);
  say();
  say(`  Address   ${bold(address)}`);
  say(`  Console   ${address}/console`);
  say(`  Docs      ${address}/docs`);
  if (simulatorPort) say(`  Handset   http://localhost:${simulatorPort}/handset ${dim('answers simulated payments')}`);
  say(`  Client    ${demo.clientId}`);
  say(`  Secret    ${demo.clientSecret ?? dim('shown when it was made; the database keeps only its hash')}`);
  if (demo.operator) {
    say(`  Operator  ${demo.operator.email}`);
    say(`  Password  ${demo.operator.password ?? dim('set when it was made; the database keeps only its hash')}`);
  }
  say(`  Database  ${database}`);
  if (demo.data) sayDemoData(demo.data, demo.operator?.password ?? null);
  say();
  if (demo.walletId)
    sayCommand('Charge the demo wallet (a repeat with the same reference charges once):', debit(address, demo));
  if (demo.operator)
    sayCommand('Log in as the operator (the answer has an access token):', login(address, demo.operator));
}

/**
 * Who else may sign in, and see what.
 * @param {import('./server.mjs').DemoData} data
 * @param {string | null} operatorPassword
 */
function sayDemoData({ journals, people, password }, operatorPassword) {
  say();
  say(`  Demo data ${dim(`a month of two businesses in test books, ${journals.toLocaleString('en')} journals`)}`);
  for (const of of new Set(people.map((person) => person.of))) {
    const theirs = people.filter((person) => person.of === of).map(({ email, role }) => `${email} ${dim(`(${role})`)}`);
    say(`    ${of}`);
    for (const line of theirs) say(`      ${line}`);
  }
  if (password === null) say(`    ${dim('Their password was shown when they were made.')}`);
  else if (password === operatorPassword) say(`    ${dim('All of them with the operator’s password.')}`);
  else say(`    Password  ${password} ${dim('for all of them')}`);
}

/**
 * @param {string} what
 * @param {string} command
 */
function sayCommand(what, command) {
  say(`  ${what}`);
  say();
  say(command);
  say();
}

/**
 * Without line breaks or indentation, so that it pastes into any shell.
 * @param {string} address
 * @param {import('./server.mjs').Demo} demo
 */
function debit(address, { clientId, clientSecret, walletId }) {
  const body = '{ "amount": 500, "description": "10 SMS messages sent", "reference": "sms_batch_1" }';
  return (
    `curl ${address}/v1/wallets/${walletId}/debit -u '${clientId}:${clientSecret ?? 'YOUR_SECRET'}' ` +
    `-H 'Content-Type: application/json' -d '${body}'`
  );
}

/**
 * @param {string} address
 * @param {{ email: string, password: string | null }} operator
 */
function login(address, { email, password }) {
  const body = `{ "username": "${email}", "password": "${password ?? 'YOUR_PASSWORD'}" }`;
  return `curl ${address}/api/v1/auth/login -H 'Content-Type: application/json' -d '${body}'`;
}
