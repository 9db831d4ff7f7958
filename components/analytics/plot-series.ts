/** Who dealt with a conversation, with its colour in every plot; keys of LiveNumbers["daily"] and of the messages. */
export const PLOT_SERIES = [
  { key: "bot", metric: "begun_bot", label: "byBot", color: "var(--chart-1)" },
  { key: "person", metric: "begun_person", label: "byPerson", color: "var(--chart-2)" },
  { key: "nobody", metric: "begun_nobody", label: "byNobody", color: "var(--chart-5)" },
] as const;
