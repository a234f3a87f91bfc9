import { createServer } from 'node:net';
import { Failure } from './failure.mjs';

/**
 * @param {number} port 0 for any free one
 * @param {string} [host] every address when left out
 * @returns {Promise<number>}
 */
function tryListen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

export function freePort() {
  return tryListen(0, '127.0.0.1');
}

/**
 * @param {number} port
 * @param {string} [setting] what chooses it
 */
export async function checkPortFree(port, setting = 'PORT') {
  try {
    await tryListen(port);
    // A listener on the loopback alone does not keep us from the wildcard address, but takes our visitors.
    await tryListen(port, '127.0.0.1');
  } catch (error) {
    throw portFailure(port, setting, /** @type {NodeJS.ErrnoException} */ (error).code);
  }
}

/**
 * @param {number} port
 * @param {string} setting
 * @param {string | undefined} code
 */
function portFailure(port, setting, code) {
  if (code === 'EACCES')
    return new Failure(
      `Port ${port} needs more rights than this user has: ${setting}=${setting === 'PORT' ? 3001 : 4011} npm start`,
    );
  const other = port === 65_535 ? 3000 : port + 1;
  return new Failure(`Port ${port} is taken by another program: choose another with ${setting}=${other} npm start`);
}
