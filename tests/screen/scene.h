/* Made-up meetings that several screens are tested with. The day is 24 November 2026 (tests/screen/stage.h). */
#ifndef TESTS_SCREEN_SCENE_H
#define TESTS_SCREEN_SCENE_H

extern const char scene_october[]; /* held on 13 October, signed; open, overdue, done and confidential actions, an open disagreement */
extern const char scene_november[];/* held on 2 November, another child, nobody signed */
extern const char scene_planned[]; /* today at 14:30 */

#endif
