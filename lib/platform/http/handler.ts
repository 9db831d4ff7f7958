import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import type { Audience, Contract, ContractInput, ContractResult } from "./contract";

type ActorFor<A extends Audience> = A extends "public" ? Actor : Extract<Actor, { kind: A }>;

/** Context of a handler: the actor is one of the contract's audience. */
export type HandlerContext<C extends Contract> = Context<ActorFor<C["audience"][number]>>;

/** What a contract is bound to: parsed input in, the contract's result out, AppError for every failure. */
export type Handler<C extends Contract> = (
  input: ContractInput<C>,
  context: HandlerContext<C>,
) => Promise<ContractResult<C>>;

/** Any operation, for lists of them: what a handler takes is known to its own contract only. */
export interface AnyOperation {
  readonly contract: Contract;
  readonly handler: (input: never, context: never) => Promise<unknown>;
}

/** A contract with its handler: what routes, the hot server and the permission matrix are made from. */
export interface Operation<C extends Contract> {
  readonly contract: C;
  readonly handler: Handler<C>;
}

/** Pairs them with their types checked against each other. */
export function operation<const C extends Contract>(contract: C, handler: Handler<C>): Operation<C> {
  return { contract, handler };
}
