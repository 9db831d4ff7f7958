import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { InstallScreen } from "@/components/install/install-screen";
import { examine } from "@/lib/composition/doctor";
import { sampleFiller } from "@/lib/composition/samples";
import type { InstallState } from "@/lib/identity/install-contracts";
import { isInstalled } from "@/lib/identity/install-service";
import { database } from "@/lib/platform/database/database";
import { migrationState } from "@/lib/platform/database/migrate";
import { isDatabaseUnreachable } from "@/lib/platform/database/unreachable";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("install");
  return { title: t("title") };
}

/** How far the tables are; undefined when the database cannot be asked. */
async function databaseState(): Promise<InstallState | undefined> {
  try {
    return (await isInstalled(database())) ? notFound() : await migrationState(database());
  } catch (error) {
    if (isDatabaseUnreachable(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Open only while nobody has set this installation up; there is no such page ever after. */
export default async function InstallPage() {
  await connection();
  const state = await databaseState();
  return <InstallScreen checks={await examine()} database={state} hasSamples={sampleFiller() !== undefined} />;
}
