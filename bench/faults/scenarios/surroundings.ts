import { placesOf, type WorldPlace } from '../../../sandbox/demos/night/places.ts';
import type { World } from '../../../sandbox/demos/night/world.ts';
import type { PlaceTroubles } from '../seam/place-troubles.ts';
import { placeOf } from '../seam/visit.ts';
import type { Abroad } from '../world/evidence.ts';
import type { Storm } from '../world/storm.ts';

/** A person looks at a change some time after it was made. */
const AFTER_CHANGE_MS = 10 * 60_000;
/** As slow as nobody approved. */
const MUCH_SLOWER = 4;

/** What happens around the nights, wherever a function is: owners go on with their own work, and places are in trouble. */
export class Surroundings {
  private readonly world: World;
  private readonly storm: Storm;
  private readonly troubles: PlaceTroubles | undefined;
  private readonly regressed: string[] = [];

  /** @param troubles of the other places. @default - there are none */
  constructor(world: World, storm: Storm, troubles: PlaceTroubles | undefined) {
    this.world = world;
    this.storm = storm;
    this.troubles = troubles;
  }

  /** What is the matter elsewhere from tonight on; a stack that is deployed anew there is so at its moment. */
  beginNight(startMs: number): void {
    const { clock, account, spokes } = this.world;
    const before = this.troubles?.troubles.length;
    this.troubles?.drawNight(startMs);
    const redeployed = this.troubles?.troubles.slice(before).filter(({ kind }) => kind === 'redeploys') ?? [];
    for (const { place, fromMs } of redeployed) {
      const roles = spokes.filter((each) => placeOf(each.account) === place).flatMap((each) => [...each.roles.keys()]);
      clock.schedule(fromMs, () => {
        for (const roleArn of roles) account.organization.remakeRole(roleArn);
      });
    }
  }

  /** The function, as the hub knows it, gets worse soon after a change that is made now. */
  regress(functionName: string): void {
    const { place, name } = this.found(functionName);
    place.fleet.regress(name, this.world.clock.now() + AFTER_CHANGE_MS, MUCH_SLOWER);
    this.regressed.push(functionName);
  }

  /** Its owner deploys the function, as the hub knows it, this very moment. */
  deploy(functionName: string): void {
    const { place, name } = this.found(functionName);
    place.fleet.deploy(name, this.world.clock.now() + 1);
  }

  /** What a judge has to know; undefined where there are no other places. */
  get abroad(): Abroad | undefined {
    if (this.troubles === undefined) return undefined;
    return {
      accounts: this.world.spokes.map(({ account }) => account),
      troubles: this.troubles.troubles,
      isQuiet: this.storm.plan.isQuiet,
      sessionTokens: this.storm.sessionTokens,
      regressed: this.regressed,
    };
  }

  private found(functionName: string): { place: WorldPlace; name: string } {
    const name = functionName.split(':function:').at(-1)!;
    return { place: placesOf(this.world).find(({ keyOf }) => keyOf(name) === functionName)!, name };
  }
}
