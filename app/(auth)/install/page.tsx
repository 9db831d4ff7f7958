import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { InstallScreen } from "@/components/install/install-screen";
import { examine } from "@/lib/composition/doctor";
import { sampleFiller } from "@/lib/composition/samples";
import { isInstalled } from "@/lib/identity/install-service";
import { database } from "@/lib/platform/database/database";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("install");
  return { title: t("title") };
}

/** Open only while nobody has set this installation up; there is no such page ever after. */
export default async function InstallPage() {
  await connection();
  if (await isInstalled(database())) {
    notFound();
  }
  return <InstallScreen checks={await examine()} hasSamples={sampleFiller() !== undefined} />;
}
