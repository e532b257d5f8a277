// A library that is loaded before the system's own, with LD_PRELOAD, and makes the disk fail under a
// program: it counts the calls that change files in one folder, and at one of them ends the program,
// cuts the power or reports an error.
//
// It is told what to do by variables of the environment:
//
//   CUT_FOLDER  the folder, by its real path; without it nothing is counted
//   CUT_AT      the number of the counted call at which it acts, from 1; 0 for none
//   CUT_UNTIL   the last call at which it acts, when that is not the first one
//   CUT_CALLS   which calls are counted, by their letters: o for opening, w writing, t truncating,
//               s syncing, u unlinking, linking and renaming; all of them when it is missing
//   CUT_DO      kill    ends the program before the call
//               half    does half of a write, then ends the program
//               cut     cuts the power before the call: of what was not synced, a part is taken
//                       back, in sectors, newest first, and so are names in the folder
//               short   writes only half, and says so
//               a number: the call fails with this error of the system
//               What a sync that fails was to make permanent is forgotten: only writing it again
//               and another sync make it so.
//   CUT_END     1 cuts the power when the program ends by itself: all that was not synced is lost
//   CUT_SEED    draws what a power cut takes back
//   CUT_LIE     sync    syncing does nothing and says that it worked
//               folder  the same, only for the folder
//   CUT_ROOM    how many bytes files may grow until the disk is full
//   CUT_RELIEF  after how many refusals there is as much room again
//   CUT_REPORT  the file to which the end of the program adds a line: how many calls there were of
//               each kind, in the order of the letters above, then how many changes of the store
//               were tried after the first failed call, and how often the disk was full
#ifndef CUT_H
#define CUT_H

/// The exit status of a program that ended by a power cut.
#define CUT_STATUS 86

#endif
