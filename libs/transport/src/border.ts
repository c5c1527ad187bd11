import { MOST_ROLES, platformRejections } from '#lumbung/contracts';
import {
  type CommandDeclaration,
  CommandId,
  Instant,
  MemberId,
  type MethodDeclaration,
  Rejection,
  Scope,
  z,
} from '#lumbung/kernel';

const HeldRole = z.strictObject({
  role: z.string().min(1).max(40),
  scope: Scope,
  member: MemberId.optional(),
});

const Caller = z.strictObject({
  user: z.string().min(1).max(80),
  role: z.string().min(1).max(40),
  roles: z.array(HeldRole).max(MOST_ROLES).optional(),
  correlationId: z.string().max(80),
  causationId: z.string().max(80).optional(),
});

const isCommand = (method: MethodDeclaration): method is CommandDeclaration => 'type' in method;

const envelopeOf = (method: MethodDeclaration): z.ZodType =>
  isCommand(method)
    ? z.strictObject({
        command: z.strictObject({
          type: z.literal(method.type),
          id: CommandId,
          issuedAt: Instant,
          data: method.schema,
        }),
        caller: Caller,
      })
    : z.strictObject({ query: method.schema, caller: Caller });

type Code = keyof typeof platformRejections;

const isCode = (message: string): message is Code => message in platformRejections;

// Zod tells of unknown fields at the object that has them, and of each other one by its path.
const fieldsOf = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path.at(-1) ?? '')];

/** The first thing that is wrong, by its own code where a value type declares one. */
const rejectionOf = ({ issues }: z.ZodError): Rejection => {
  const [first] = issues;
  const fields = [...new Set(issues.flatMap(fieldsOf))];
  const code: Code = first && isCode(first.message) ? first.message : 'INVALID_INPUT';
  const sentence = platformRejections[code];
  const told = typeof sentence === 'string' ? sentence : sentence({ fields } as never);
  return new Rejection(code, told, { fields });
};

/** Checks what crosses a border against a method's declaration. Throws `Rejection`. */
export const borderOf = (method: MethodDeclaration) => {
  const envelope = envelopeOf(method);
  return (payload: unknown): unknown => {
    const result = envelope.safeParse(payload);
    if (!result.success) throw rejectionOf(result.error);
    return result.data;
  };
};
