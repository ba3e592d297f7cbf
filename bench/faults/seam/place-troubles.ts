import { SeededStream } from '../../../sandbox/fleet/noise.ts';
import type { FaultKind } from '../fault-kinds.ts';
import { placeOf, spokeRole, type Visit } from './visit.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** As the product asks for it. */
const SESSION_MS = 900_000;
/** Where sessions end before their time, they end so soon. */
const LEAST_SESSION_MS = 2_000;

const WHOLE_NIGHT = ['refuses', 'throttles', 'isDown', 'isDisabled'] as const;
const FROM_SOME_TIME_ON = ['refuses', 'isDown'] as const;
/** Whatever else happens to sessions, another is to be had: nobody's functions may suffer by these. */
export const SESSION_TROUBLES: readonly string[] = ['endsSessions', 'redeploys'];

/** What is the matter with an account and region, from when to when (epoch ms). */
export interface PlaceTrouble {
  readonly place: string;
  readonly kind: (typeof WHOLE_NIGHT)[number] | 'endsSessions' | 'redeploys';
  readonly fromMs: number;
  readonly toMs: number;
}

/** What goes wrong in other accounts and regions, night by night, decided by the seed alone. */
export class PlaceTroubles {
  readonly troubles: PlaceTrouble[] = [];
  private readonly random: SeededStream;
  private readonly places: readonly string[];

  constructor(seed: number, places: readonly string[]) {
    this.random = new SeededStream(seed, 'places');
    this.places = places;
  }

  /** Draws the troubles of a night that begins now and lasts until the next. */
  drawNight(startMs: number): void {
    for (const place of this.places) this.troubles.push(...this.draw(place, startMs));
  }

  /** What an attempt meets, beside whatever else goes wrong; undefined where nothing is the matter there. */
  strike(call: string, input: Record<string, unknown>, visit: Visit | undefined, nowMs: number): Strike | undefined {
    const place = placeAsked(call, input, visit);
    if (place === undefined) return undefined;
    const struck = this.troubles
      .filter((each) => each.place === place && each.fromMs <= nowMs && nowMs < each.toMs)
      .map((each) => struckBy(each, visit, nowMs));
    return struck.find((each) => each !== undefined);
  }

  private draw(place: string, startMs: number): PlaceTrouble[] {
    const { random } = this;
    const toMs = startMs + DAY_MS;
    const whole = random.pick(WHOLE_NIGHT);
    const partly = random.pick(FROM_SOME_TIME_ON);
    const sometimeMs = this.sometime(startMs);
    return random.weighted<PlaceTrouble[]>([
      [[], 3],
      [[{ place, kind: whole, fromMs: startMs, toMs }], 3],
      [[{ place, kind: partly, fromMs: sometimeMs, toMs }], 2],
      [[{ place, kind: 'endsSessions', fromMs: startMs, toMs }], 1],
      [[{ place, kind: 'redeploys', fromMs: sometimeMs, toMs }], 1],
    ]);
  }

  /** While the night reads, while the morning's changes are written, or at any time until they are judged. */
  private sometime(startMs: number): number {
    const share = this.random.uniform();
    const [fromMs, withinMs] = this.random.pick([
      [0, MINUTE_MS],
      [6 * HOUR_MS, 2 * MINUTE_MS],
      [0, 10 * HOUR_MS],
    ] as const);
    return startMs + fromMs + Math.floor(share * withinMs);
  }
}

export interface Strike {
  readonly kind: FaultKind;
  /** As AWS names the error. */
  readonly name: string;
  readonly status: number;
  readonly message: string;
}

/** The account and region that a call is made in, or asks to be let into. */
function placeAsked(call: string, input: Record<string, unknown>, visit: Visit | undefined): string | undefined {
  if (call === 'STS.AssumeRole') return spokeRole(String(input['RoleArn']))?.place;
  return visit && placeOf(visit);
}

function struckBy({ kind }: PlaceTrouble, visit: Visit | undefined, nowMs: number): Strike | undefined {
  const invalid = { kind: 'placeRefuses', name: 'UnrecognizedClientException', status: 403 } as const;
  switch (kind) {
    case 'refuses':
      return visit === undefined
        ? {
            kind: 'placeRefuses',
            name: 'AccessDenied',
            status: 403,
            message: 'not authorized to perform: sts:AssumeRole',
          }
        : { ...invalid, message: 'The security token included in the request is invalid' };
    case 'isDisabled':
      return visit && { ...invalid, message: 'The security token included in the request is invalid' };
    case 'throttles':
      return visit === undefined
        ? { kind: 'placeThrottles', name: 'Throttling', status: 400, message: 'Rate exceeded' }
        : undefined;
    case 'isDown':
      return visit && { kind: 'placeDown', name: 'ServiceUnavailable', status: 503, message: 'come back later' };
    case 'endsSessions':
      return visit && nowMs - (visit.expiresMs - SESSION_MS) > LEAST_SESSION_MS
        ? { kind: 'sessionEnds', name: 'ExpiredTokenException', status: 403, message: 'The security token is expired' }
        : undefined;
    default:
      return undefined;
  }
}
