import { type ChatState, INITIAL_STATE } from "./chat-state";

/** Holds the state and tells its listeners of each change; a patch that changes nothing is silent. */
export class StateBox {
  state: ChatState = INITIAL_STATE;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Settles as soon as the state is so; at once when it is so already. */
  until(holds: (state: ChatState) => boolean): Promise<ChatState> {
    return new Promise((resolve) => {
      let end = (): void => undefined;
      const look = (): void => {
        if (holds(this.state)) {
          end();
          resolve(this.state);
        }
      };
      end = this.subscribe(look);
      look();
    });
  }

  set(patch: Partial<ChatState>): void {
    const keys = Object.keys(patch) as (keyof ChatState)[];
    if (keys.some((key) => this.state[key] !== patch[key])) {
      this.state = { ...this.state, ...patch };
      for (const listener of this.listeners) {
        listener();
      }
    }
  }
}
