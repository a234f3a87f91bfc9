import { printFailure } from './failure.mjs';

/**
 * @typedef {object} Stoppable
 * @property {() => Promise<unknown>} stop in order, within its own deadline
 * @property {() => void} kill at once, synchronously
 */

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** Everything that runs on our behalf, stopped last-started first: the server before the database. */
export class Shutdown {
  /** @type {Stoppable[]} */
  #running = [];
  /** @type {Promise<void> | undefined} */
  #ending;

  /** The exit code after a signal. */
  interruptedCode = 130;

  get begun() {
    return this.#ending !== undefined;
  }

  /**
   * @param {Stoppable} stoppable
   * @returns {() => void} call it when the thing has ended by itself
   */
  add(stoppable) {
    this.#running.push(stoppable);
    return () => {
      this.#running = this.#running.filter((other) => other !== stoppable);
    };
  }

  stop() {
    this.#ending ??= this.#stopAll();
    return this.#ending;
  }

  async #stopAll() {
    for (let next = this.#running.pop(); next; next = this.#running.pop()) {
      try {
        await next.stop();
      } catch (error) {
        next.kill();
        printFailure(error);
      }
    }
  }

  kill() {
    for (const stoppable of this.#running.reverse()) stoppable.kill();
    this.#running = [];
  }
}

/**
 * Runs a command of ours to its end. Ctrl-C, SIGTERM or a closed terminal stop everything in order; a second signal
 * does not wait. An expected failure prints one line.
 *
 * @param {(shutdown: Shutdown) => Promise<number | undefined>} main resolves with the exit code, 0 when undefined
 */
export function supervise(main) {
  const shutdown = new Shutdown();
  const finish = async (/** @type {number} */ code) => {
    await shutdown.stop();
    process.exit(code);
  };
  for (const signal of signals) {
    process.on(signal, () => {
      if (shutdown.begun) {
        // npm passes on the signal that the terminal has sent us already; only a later one means impatience.
        if (performance.now() - firstSignalAt < 400) return;
        process.exit(1);
      }
      firstSignalAt = performance.now();
      process.stdout.write('\n');
      // A command that was interrupted has not passed; `npm start` that was told to stop has done its work.
      void finish(shutdown.interruptedCode);
    });
  }
  let firstSignalAt = 0;
  process.on('exit', () => shutdown.kill());
  main(shutdown).then(
    (code) => (shutdown.begun ? undefined : finish(code ?? 0)),
    async (error) => {
      // A step that was cut short by the shutdown fails; that is no news.
      if (shutdown.begun) return;
      await shutdown.stop();
      printFailure(error);
      process.exit(1);
    },
  );
}
