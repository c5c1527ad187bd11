import { Ability } from '@casl/ability';
import type { Role } from '#lumbung/contracts';
import { type Caller, covers, type HeldRole } from '#lumbung/kernel';
import type { Place } from '#lumbung/transport';
import { type Line, MACHINES, type Machine, POLICY } from './access.policy.js';

/** What an action is tried on: a noun at a place. */
type Target = Place & { noun: string };
type Where = { scope: string; member?: string | undefined };
type May = Ability<[string, string | Target], Where>;

// The platform's own hands have no scope.
const EVERYWHERE = '';

const matching =
  ({ scope, member }: Where) =>
  (target: Place): boolean =>
    (scope === EVERYWHERE || covers(scope, target.scope)) &&
    (member === undefined || target.member === member);

const parts = (permission: string): [noun: string, action: string] => {
  const at = permission.indexOf('.');
  return at < 0 ? [permission, ''] : [permission.slice(0, at), permission.slice(at + 1)];
};

// Whose own it is must be said: a member without a membership has nothing of his own.
const NOBODYS = 'nobody';

const ruleOf = ({ permission, hides, own }: Line, { scope, member }: HeldRole) => {
  const [subject, action] = parts(permission);
  const conditions: Where = own ? { scope, member: member ?? NOBODYS } : { scope };
  return { action, subject, conditions, ...(hides && { fields: [...hides] }) };
};

const linesOf = (role: string): readonly Line[] =>
  Object.hasOwn(POLICY, role) ? POLICY[role as Role | Machine] : [];

const newAbility = (held: HeldRole): May =>
  new Ability(
    linesOf(held.role).map((line) => ruleOf(line, held)),
    {
      conditionsMatcher: matching as never,
      fieldMatcher: (hidden: readonly string[]) => (field: string) => !hidden.includes(field),
      detectSubjectType: ({ noun }: Target) => noun,
      // What nobody lists is denied, also by a permission that is called `manage` or `all`.
      anyAction: '\0',
      anySubjectType: '\0',
    },
  ) as May;

const MOST_KEPT = 10_000;
const kept = new Map<string, May>();

const abilityOf = (held: HeldRole): May => {
  const key = `${held.role} ${held.scope} ${held.member ?? ''}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const made = newAbility(held);
  kept.set(key, made);
  return made;
};

const isMachine = (role: string): boolean => (MACHINES as readonly string[]).includes(role);

/** What a caller holds: the roles of a person, or the one of a hand of the platform. */
const heldBy = ({ role, roles }: Caller): readonly HeldRole[] =>
  roles ?? (isMachine(role) ? [{ role, scope: EVERYWHERE as HeldRole['scope'] }] : []);

/** The first role in which a caller may do that at a place; undefined where none allows it. */
const roleAt = (
  caller: Caller,
  permission: string,
  place: Place,
  field?: string,
): string | undefined => {
  const [noun, action] = parts(permission);
  const target = { ...place, noun };
  return heldBy(caller).find((held) => abilityOf(held).can(action, target, field))?.role;
};

/** The first role in which a caller may do that at all, somewhere. */
export const roleAnywhere = (caller: Caller, permission: string): string | undefined => {
  const [noun, action] = parts(permission);
  return heldBy(caller).find((held) => abilityOf(held).can(action, noun))?.role;
};

/**
 * The role in which a caller may do what a permission names at all of these places, the first's
 * where they need several; undefined where one of them is denied.
 */
export const roleFor = (
  caller: Caller,
  permission: string,
  places: readonly Place[],
): string | undefined => {
  if (places.length === 0) return roleAnywhere(caller, permission);
  const roles = places.map((place) => roleAt(caller, permission, place));
  return roles.every((role) => role !== undefined) ? roles[0] : undefined;
};

/** Whether a caller sees what lies at a place; of a field, in clear. */
export const sees = (caller: Caller, permission: string, place: Place, field?: string): boolean =>
  roleAt(caller, permission, place, field) !== undefined;

/** All permissions that a role has, wherever it is held. */
export const permissionsOf = (role: string): readonly string[] => [
  ...new Set(linesOf(role).map(({ permission }) => permission)),
];
