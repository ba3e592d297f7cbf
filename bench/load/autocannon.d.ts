/** The part of autocannon's interface that the load tests use; the package carries no types. */
declare module 'autocannon' {
  export interface PreparedRequest {
    readonly body?: string;
  }
  /** One connection. */
  export interface Client {
    readonly destroyed: boolean;
    /** Private to autocannon 9.0.0: sends the next request, or ends the connection when it has sent its share. */
    _doRequest(): void;
    once(event: 'done', listener: () => void): this;
    setMaxListeners(count: number): this;
  }
  export interface Options {
    url: string;
    connections: number;
    amount: number;
    timeout: number;
    method: string;
    headers: Record<string, string>;
    setupClient(client: Client): void;
    requests: { setupRequest(request: PreparedRequest): PreparedRequest }[];
  }
  export interface Result {
    readonly errors: number;
    readonly timeouts: number;
  }
  export interface Run extends Promise<Result> {
    stop(): void;
    on(
      event: 'response',
      listener: (client: unknown, statusCode: number, bytes: number, latencyMs: number) => void,
    ): this;
  }
  export default function autocannon(options: Options): Run;
}
