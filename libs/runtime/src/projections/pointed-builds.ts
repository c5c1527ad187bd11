import type { AnyProjection, Platform } from '#lumbung/kernel';
import { Building, pointerOf } from './building.js';
import type { Source } from './source.js';

// Longer than between two looks, and shorter than what nobody points to is kept.
const STALE_MS = 3_000;

/** The builds that others have made, as the pointers of a shared store tell. */
export class PointedBuilds {
  private readonly builds = new Map<string, Building>();
  private looked_ms = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly sources: readonly Source[],
    private readonly clock: Platform['clock'],
  ) {}

  /** Looks where the pointers point now. */
  async look(): Promise<void> {
    const began_ms = this.clock.elapsed_ms();
    await Promise.all(
      this.sources.flatMap((source) =>
        source.projections.map((projection) => this.lookAt(source, projection)),
      ),
    );
    this.looked_ms = began_ms;
  }

  /** Nothing where it has not looked of late: what it knew may be gone by now. */
  of({ name }: AnyProjection): Building | undefined {
    const isStale = this.clock.elapsed_ms() - this.looked_ms > STALE_MS;
    return isStale ? undefined : this.builds.get(name);
  }

  private async lookAt(source: Source, projection: AnyProjection): Promise<void> {
    const number = await source.readStore.pointer(pointerOf(projection));
    const known = this.builds.get(projection.name);
    if (number !== undefined && known?.build === Number(number)) return;
    // Whoever reads from it now sees that, and reads again.
    if (known) known.serves = false;
    this.builds.delete(projection.name);
    if (number === undefined) return;
    const build = new Building(source, projection, Number(number));
    build.serves = true;
    this.builds.set(projection.name, build);
  }
}
