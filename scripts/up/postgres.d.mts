/** Types of the embedded database for the tests, which are TypeScript. */
export interface EmbeddedPostgres {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  urlOf(database: string): string;
  stop(): Promise<void>;
}

export function startEmbeddedPostgres(options: {
  dataDirectory: string;
  durable?: boolean;
  signal?: AbortSignal;
  onRestart?: (pid: number) => void;
}): Promise<EmbeddedPostgres>;

export function runningDatabaseUrl(dataDirectory: string): string | undefined;
