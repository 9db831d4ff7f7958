/** Who dealt with a conversation, with its colour in every plot; keys of LiveNumbers["daily"] and of the messages. */
export const PLOT_SERIES = [
  { key: "bot", label: "byBot", color: "var(--chart-1)" },
  { key: "person", label: "byPerson", color: "var(--chart-2)" },
  { key: "nobody", label: "byNobody", color: "var(--chart-5)" },
] as const;
