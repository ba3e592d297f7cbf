import { configureConnectionPool, type PoolSettings } from './pool-settings.ts';
import { type PreInitialization, type PreInitializationResult, preInitialize } from './pre-initialize.ts';

export interface ConnectionPoolOptions {
  /**
   * What the function surely needs: loaded and connected while the environment initialises, before the first
   * request. What it only may need is better left out; it is loaded by the first getter call.
   *
   * @default nothing
   */
  readonly preInitialize?: readonly PreInitialization[];
  /** Changes to the pool's settings, made before any client. @default the pool's defaults */
  readonly settings?: Partial<PoolSettings>;
}

/** The wrapped handler; `ready` settles when pre-initialization is over (await it to provision concurrency). */
export interface PooledHandler<Event, Context, Result> {
  (event: Event, context: Context): Promise<Result>;
  readonly ready: Promise<readonly PreInitializationResult[]>;
}

/**
 * Wraps a Lambda handler so that its clients come from the pool, connected before the first request where asked.
 *
 * Pre-initialization begins when the module is loaded. The first invocation waits for it (a request sent meanwhile
 * would only open a second connection); the pool's connection timeout bounds the wait. Results and errors of the
 * handler pass through untouched.
 */
// biome-ignore lint/suspicious/noExplicitAny: an untyped handler, as in JavaScript, takes any event
export function withConnectionPool<Event = any, Result = unknown, Context = any>(
  handler: (event: Event, context: Context) => Promise<Result>,
  options: ConnectionPoolOptions = {},
): PooledHandler<Event, Context, Result> {
  if (options.settings !== undefined) configureConnectionPool(options.settings);
  const ready = preInitialize(options.preInitialize ?? []);
  const pooled = async (event: Event, context: Context) => {
    await ready;
    return handler(event, context);
  };
  return Object.assign(pooled, { ready });
}
