// Loaded into the server ahead of its own code: when the process that started it is gone, it drains and ends, so that
// a start killed with -9 leaves nobody on the port.
const graceMs = 5_000;

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), graceMs).unref();
});
