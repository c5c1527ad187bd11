import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { TerminusModule } from '@nestjs/terminus';
import { AccountApi, ProgressApi, UserApi } from '#lumbung/contracts';
import { errorFormatter, withStatus } from './errors.js';
import { Following } from './following.js';
import { typeDefs } from './generated/type-defs.js';
import { HealthController } from './health.js';
import { UserResolver } from './identity/user.resolver.js';
import { AccountResolver, PolicyResolver } from './ledger/account.resolver.js';
import { BookResolver } from './ledger/book.resolver.js';
import { SettlementResolver } from './ledger/settlement.resolver.js';
import { SimpananResolver } from './ledger/simpanan.resolver.js';
import { costLimit, limitingRules, parseOptions } from './limits.js';
import { CooperativeResolver } from './membership/cooperative.resolver.js';
import { MemberResolver } from './membership/member.resolver.js';
import { PlatformResolver } from './platform/platform.resolver.js';
import { Receipts } from './receipts.js';
import { TotalsResolver } from './reporting/totals.resolver.js';
import { contextMaker } from './request.js';
import { scalars } from './scalars.js';

const resolvers = [
  AccountResolver,
  BookResolver,
  CooperativeResolver,
  MemberResolver,
  PlatformResolver,
  PolicyResolver,
  SettlementResolver,
  SimpananResolver,
  TotalsResolver,
  UserResolver,
];

export type GatewayOptions = {
  isProduction: boolean;
  plugins?: readonly ApolloServerPlugin[] | undefined;
};

const graphql = ({ isProduction, plugins = [] }: GatewayOptions) =>
  GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: ApolloDriver,
    inject: [UserApi, ProgressApi, AccountApi],
    useFactory: (users: UserApi, progress: ProgressApi, accounts: AccountApi) => ({
      typeDefs,
      resolvers: scalars,
      context: withStatus(contextMaker(users, progress, accounts)),
      formatError: errorFormatter({ isProduction }),
      fieldResolverEnhancers: ['guards'],
      includeStacktraceInErrorResponses: false,
      introspection: !isProduction,
      playground: false,
      validationRules: limitingRules(),
      parseOptions,
      plugins: [costLimit(), ...plugins],
    }),
  });

/** GraphQL over the faces of the services, and the health of the process. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: a Nest dynamic module is a class
export class GatewayModule {
  static with(options: GatewayOptions): DynamicModule {
    return {
      module: GatewayModule,
      imports: [graphql(options), TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [Following, Receipts, ...resolvers],
    };
  }
}
