import { LOAD_ROLE } from './load/load-generator';

// One bundle, two processes: the load generator is this same file under another role.
if (process.argv[2] === LOAD_ROLE) {
  const { serveJobs } = await import('./load/generate');
  serveJobs();
} else {
  // Told to stop, the bench ends at once; what it started is killed on exit.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
  const { runBench } = await import('./bench');
  process.exit(await runBench(process.argv.slice(2)));
}
