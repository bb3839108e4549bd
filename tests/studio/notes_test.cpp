#include "tools/studio/notes.h"

#include <gmock/gmock.h>

#include "tools/studio/text.h"

namespace stubble {
namespace {

using testing::ElementsAre;

TEST(Notes, TheSameAgainIsCounted) {
    ASSERT_TRUE(loadTexts("en"));
    Notes notes;
    notes.add(Notes::Kind::hint, "Exported", "/a.png");
    notes.add(Notes::Kind::fault, "The export failed", "/b.png: full");
    EXPECT_THAT(notes.all(), ElementsAre("Exported\n/a.png", "The export failed\n/b.png: full"));
    notes.add(Notes::Kind::hint, "Exported", "/a.png");
    notes.add(Notes::Kind::hint, "Exported", "/a.png");
    notes.add(Notes::Kind::hint, "Exported", "/c.png");  // another file is another note
    EXPECT_THAT(notes.all(), ElementsAre("The export failed\n/b.png: full", "Exported (3 times)\n/a.png",
                                         "Exported\n/c.png"));
}

}  // namespace
}  // namespace stubble
