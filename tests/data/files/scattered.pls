[PLAYLIST]
numberofentries=9
title2=Cy - Sun
file1=Ann/Rain.flac
FILE2=Cy/Sun.mp3
length1=201
; made by hand
Title7=nothing here
