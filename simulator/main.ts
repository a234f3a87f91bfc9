import { createListener } from './app';
import { createClock } from './clock';
import { createIds } from './ids';
import { listen } from './listen';
import { readSettings, SettingsError } from './settings';
import { createSimulator } from './simulator';

/** The simulator as a process of its own. What it knows is in memory, and gone when it stops. */
async function main(): Promise<void> {
  const { port, host, ...settings } = readSettings(process.env);
  const simulator = createSimulator(createClock({ source: Date.now, ticks: true }), createIds(), settings);
  const listening = await listen(createListener(simulator), port, host);
  const end = (): void => void listening.close().then(() => process.exit(0));
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.send?.({ type: 'ready', port: listening.port });
  if (process.send === undefined) process.stdout.write(`Handset page: http://localhost:${listening.port}/handset\n`);
}

main().catch((error: unknown) => {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`);
  else if (isTaken) process.stderr.write('The port of the simulator is taken: choose another with SIMULATOR_PORT.\n');
  else
    process.stderr.write(
      `The simulator could not start: ${error instanceof Error ? error.message : 'unknown reason'}\n`,
    );
  process.exit(1);
});
