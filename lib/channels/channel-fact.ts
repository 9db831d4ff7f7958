/** Something beside replies that an integrator is told of. */
export interface ChannelFact {
  readonly id: string;
  readonly type: string;
  readonly externalUserId: string;
  readonly conversationId?: string;
  /** What there is to say of it, by the names of the wire. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly at: Date;
}
