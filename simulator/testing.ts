import { createListener } from './app';
import { createClock } from './clock';
import { type Control, createControlClient } from './control-client';
import { CREDENTIALS, type Credentials } from './credentials';
import { createIds } from './ids';
import { listen } from './listen';
import { DEFAULT_SETTINGS, type Settings } from './settings';
import { createSimulator } from './simulator';

export interface StartOptions {
  /**
   * Somebody else's time, such as a test's own clock: after it moved, `control.runDue()` does what came due. Left out, the
   * simulator has a clock of its own that stands still until `control.advance(ms)`.
   */
  readonly clock?: { now(): number };
  readonly settings?: Partial<Settings>;
}

export interface TestSimulator {
  /** `http://127.0.0.1:…`; a provider's base URL is this and its path, such as `/daraja`. */
  readonly url: string;
  readonly control: Control;
  /** What adapters identify themselves with. */
  readonly credentials: Credentials;
  /** Nobody listens any more: connections are refused. Its memory stays. */
  goDown(): Promise<void>;
  /** Listens again, on the same port. */
  comeUp(): Promise<void>;
  close(): Promise<void>;
}

const FIRST_MOMENT = Date.UTC(2026, 5, 6, 12);

/** A simulator in this process, on a free port, whose time moves only when told. */
export async function startSimulator({ clock, settings }: StartOptions = {}): Promise<TestSimulator> {
  const simulator = createSimulator(
    createClock({ source: clock === undefined ? () => FIRST_MOMENT : () => clock.now(), ticks: false }),
    createIds(),
    { ...DEFAULT_SETTINGS, ...settings },
  );
  const listener = createListener(simulator);
  let listening = await listen(listener, 0, '127.0.0.1');
  let isUp = true;
  const { port } = listening;
  const url = `http://127.0.0.1:${port}`;
  const goDown = async (): Promise<void> => {
    if (!isUp) return;
    isUp = false;
    await listening.close();
    // Clients in this process see their kept connections end, so that their next request finds nobody.
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    url,
    control: createControlClient(url),
    credentials: CREDENTIALS,
    goDown,
    async comeUp() {
      if (isUp) return;
      listening = await listen(listener, port, '127.0.0.1');
      isUp = true;
    },
    async close() {
      simulator.clock.reset();
      await goDown();
      await simulator.work.idle();
    },
  };
}
