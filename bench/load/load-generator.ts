import { type ChildProcess, fork } from 'node:child_process';
import type { LoadJob, LoadReply, LoadResult } from './jobs';

export const LOAD_ROLE = '--load-generator';

/** The one process that makes all load, ours and what ours is compared with, so that it weighs on both alike. */
export class LoadGenerator {
  readonly #child: ChildProcess;
  #waiting: { resolve(result: LoadResult): void; reject(error: Error): void } | null = null;

  constructor() {
    this.#child = fork(process.argv[1] as string, [LOAD_ROLE], { execArgv: ['--enable-source-maps'] });
    this.#child.on('message', (message: LoadReply) => {
      const waiting = this.#take();
      if ('result' in message) waiting?.resolve(message.result);
      else waiting?.reject(new Error(message.error));
    });
    this.#child.once('exit', () => this.#take()?.reject(new Error('The load generator ended in the middle of a job.')));
  }

  run(job: LoadJob): Promise<LoadResult> {
    if (this.#waiting !== null) throw new Error('The load generator does one job at a time.');
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#child.send(job);
    });
  }

  stop(): void {
    this.#child.removeAllListeners('exit');
    if (this.#child.connected) this.#child.disconnect();
  }

  #take(): { resolve(result: LoadResult): void; reject(error: Error): void } | null {
    const waiting = this.#waiting;
    this.#waiting = null;
    return waiting;
  }
}
