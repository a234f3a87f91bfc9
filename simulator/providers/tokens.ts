import type { Simulator } from '../simulator';

/** Access tokens of one provider, good for an hour of the simulator's time. */
export class Tokens {
  readonly #simulator: Simulator;
  readonly #lifetimeMs: number;
  #tokens = new Map<string, { owner: string; expiresAt: number }>();

  constructor(simulator: Simulator, lifetimeMs: number) {
    this.#simulator = simulator;
    this.#lifetimeMs = lifetimeMs;
    simulator.onReset.push(() => this.#tokens.clear());
  }

  issue(owner: string): string {
    const { clock, ids } = this.#simulator;
    for (const [token, { expiresAt }] of this.#tokens) if (expiresAt <= clock.now()) this.#tokens.delete(token);
    const token = `${ids.hex()}${ids.hex()}`;
    this.#tokens.set(token, { owner, expiresAt: clock.now() + this.#lifetimeMs });
    return token;
  }

  /** Whose token it is, while it is good. */
  ownerOf(token: string | null): string | null {
    const known = token === null ? undefined : this.#tokens.get(token);
    return known !== undefined && known.expiresAt > this.#simulator.clock.now() ? known.owner : null;
  }

  revokeAll(): void {
    this.#tokens.clear();
  }
}
